// report.html as its readers meet it, in Debian's chromium. PHUSONG names the program.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openBrowser, openReport } from "./browser.mjs";

const hostile = "<img src=x onerror=\"document.title='owned'\">";
let folder;
let browser;

function run(study) {
  const out = join(folder, study + "-results");
  execFileSync(process.env.PHUSONG, ["run", join(folder, study, "study.toml"), "--out", out, "--quiet"], { stdio: "pipe" });
  return out;
}

/// RFC 4180, as objects by column.
function csv(path) {
  const text = readFileSync(path, "utf8");
  const rows = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; ++i) {
    const row = rows[rows.length - 1];
    if (quoted && text[i] === '"' && text[i + 1] === '"') row[row.length - 1] += text[++i];
    else if (text[i] === '"') quoted = !quoted;
    else if (!quoted && text[i] === ",") row.push("");
    else if (!quoted && text[i] === "\n") rows.push([""]);
    else row[row.length - 1] += text[i];
  }
  const [names, ...values] = rows.filter((row) => row.length > 1);
  return values.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
}

const names = (page) => page.locator("#commune-table tbody button.name").allTextContents();
const colours = (page) => page.$$eval("#communes-drawn path", (paths) => paths.map((path) => path.getAttribute("fill")));

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "phusong-report-"));
  execFileSync("/usr/bin/python3", ["-B", join(import.meta.dirname, "make_studies.py"), folder]);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

let small;
test("A page opens from a folder: no request, no script error, nothing that its policy stops", async () => {
  small = run("small");
  const { page, trouble } = await openReport(browser, join(small, "report.html"));
  for (const layer of [0, 1, 2, 3]) await page.selectOption("#layer", String(layer));
  await page.click("[data-language=en]");
  await page.click("#zoom-in");
  await page.locator("#commune-table th button").nth(1).click();
  assert.deepEqual(trouble, []);
  await page.context().close();
});

test("Names from files are text, whatever they say", async () => {
  const { page, trouble } = await openReport(browser, join(small, "report.html"));
  assert.ok((await names(page)).includes(hostile));
  await page.fill("#search", "onerror");
  await page.locator("#commune-table button.name").click();
  assert.equal(await page.locator("#card h3").textContent(), hostile);
  assert.equal(await page.locator("#card img, #commune-table img").count(), 0);
  assert.equal(await page.title(), "Small <b>study</b>");
  assert.equal(await page.locator("h1").textContent(), "Small <b>study</b>");
  assert.equal(await page.locator("h1 b").count(), 0);
  assert.deepEqual(trouble, []);
  await page.context().close();
});

test("Every word that the page asks for is there", () => {
  const source = (name) => readFileSync(join(import.meta.dirname, "../../io/report", name), "utf8");
  const words = JSON.parse(source("words.json"));
  const asked = [...source("page.js").matchAll(/\bword\("(\w+)"\)/g), ...source("page.html").matchAll(/data-(?:word|label)="(\w+)"/g)].map((match) => match[1]);
  assert.ok(asked.length > 60);
  assert.deepEqual(asked.filter((key) => !(key in words.vi)), []);
});

test("Both languages say everything, and write numbers their own way", async () => {
  const words = JSON.parse(readFileSync(join(import.meta.dirname, "../../io/report/words.json"), "utf8"));
  assert.deepEqual(Object.keys(words.vi), Object.keys(words.en));
  const { page } = await openReport(browser, join(small, "report.html"));
  assert.equal(await page.locator("#headline-title").textContent(), "Kết quả chính");
  assert.match(await page.locator("#headline").textContent(), /\d\.\d{3}.*\d,\d %/s);
  await page.click("[data-language=en]");
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.equal(await page.locator("#headline-title").textContent(), "Headline numbers");
  assert.match(await page.locator("#headline").textContent(), /\d,\d{3}.*\d\.\d%/s);
  await page.context().close();
});

test("The first screen and every printed page say that inputs are synthetic", async () => {
  const { page } = await openReport(browser, join(small, "report.html"));
  const banner = await page.locator("#synthetic").boundingBox();
  assert.ok(banner.y + banner.height < 900);
  assert.match(await page.locator("#synthetic").textContent(), /SYNTHETIC/);
  const pdf = join(folder, "print.pdf");
  await page.pdf({ path: pdf, preferCSSPageSize: true });
  const pages = execFileSync("pdftotext", [pdf, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
  assert.ok(pages.length > 1);
  for (const text of pages) assert.match(text, /SYNTHETIC/);
  assert.match(execFileSync("pdfinfo", [pdf], { encoding: "utf8" }), /A4/);
  await page.context().close();
});

test("The map is on the printed page", async () => {
  const { page } = await openReport(browser, join(small, "report.html"));
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 620, height: 900 });
  const box = await page.locator("#map").boundingBox();
  assert.ok(box.width > 400 && box.height > 150);
  // Its colours, too: the printed map is a drawing, and the drawing is in the PDF.
  const pdf = join(folder, "map.pdf");
  await page.selectOption("#layer", "1", { force: true });
  await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: false });
  execFileSync("pdftoppm", ["-r", "60", "-f", "1", "-l", "2", pdf, join(folder, "map")]);
  const fill = (await colours(page)).find((colour) => colour.startsWith("#"));
  const wanted = [1, 3, 5].map((at) => parseInt(fill.slice(at, at + 2), 16));
  const found = [1, 2].some((number) => {
    let bytes;
    try {
      bytes = readFileSync(join(folder, `map-${number}.ppm`));
    } catch {
      return false;
    }
    let same = 0;
    for (let i = 15; i + 2 < bytes.length; i += 3) {
      if (wanted.every((value, at) => Math.abs(value - bytes[i + at]) < 6)) ++same;
    }
    return same > 500;
  });
  assert.ok(found, "no pixels of " + fill);
  await page.context().close();
});

test("The map shows another layer when asked, and hatches dead zones or not", async () => {
  const { page } = await openReport(browser, join(small, "report.html"));
  const before = await colours(page);
  assert.equal(before.length, 8);
  const caption = await page.locator("#map-caption").textContent();
  await page.selectOption("#layer", "1");
  assert.notDeepEqual(await colours(page), before);
  assert.notEqual(await page.locator("#map-caption").textContent(), caption);
  const zones = page.locator("#overlay-0");
  assert.ok(await zones.isVisible());
  await page.locator("#overlay-controls input").first().uncheck();
  assert.ok(!(await zones.isVisible()));
  await page.context().close();
});

test("A commune has its name on the map where there is room for it, and more have when the view is closer", async () => {
  const { page } = await openReport(browser, join(small, "report.html"));
  const shown = () => page.locator("#names text").allTextContents();
  const far = await shown();
  assert.ok(far.includes("Quỳ Hợp"));
  assert.ok(!far.includes(hostile), "no room for it");
  for (let i = 0; i < 6; ++i) await page.click("#zoom-in");
  const close = await shown();
  assert.ok(close.length < far.length);
  const sizes = await page.$$eval("#names text", (texts) => texts.map((text) => text.getBoundingClientRect().height));
  assert.ok(sizes.every((size) => size > 10 && size < 25), sizes.join());
  await page.context().close();
});

test("A status is told by word and shape, not by colour alone", async () => {
  const { page } = await openReport(browser, join(small, "report.html"));
  const options = await page.locator("#layer option").allTextContents();
  await page.selectOption("#layer", String(options.findIndex((text) => text.includes("5G 90 %"))));
  assert.equal(await page.locator("#marks path").count(), 8);
  const shapes = new Set(await page.$$eval("#marks path", (paths) => paths.map((path) => path.getAttribute("d"))));
  assert.ok(shapes.size > 1);
  assert.match(await page.locator("#legend").textContent(), /ĐỎ/);
  await page.context().close();
});

test("Search needs no accents, and sorting goes both ways", async () => {
  const { page } = await openReport(browser, join(small, "report.html"));
  for (const [typed, wanted] of [["nghe an", "Nghệ An"], ["DO LUONG", "Đô Lương"], ["00006", "Quỳ Hợp"]]) {
    await page.fill("#search", typed);
    assert.deepEqual(await names(page), [wanted]);
  }
  await page.fill("#search", "no such place");
  assert.deepEqual(await names(page), []);
  await page.fill("#search", "");
  const byPeople = csv(join(small, "communes.csv")).sort((a, b) => Number(b.people) - Number(a.people)).map((place) => place.code);
  const codes = () => page.locator("#commune-table tbody .code").allTextContents();
  await page.click("#commune-table th[data-key=people] button");
  assert.deepEqual(await codes(), byPeople);
  assert.equal(await page.getAttribute("#commune-table th[data-key=people]", "aria-sort"), "descending");
  await page.click("#commune-table th[data-key=people] button");
  assert.deepEqual(await codes(), byPeople.reverse());
  await page.context().close();
});

test("A card has the numbers of communes.csv, from the table and from the map", async () => {
  const { page } = await openReport(browser, join(small, "report.html"));
  const shown = (number) => Math.round(number).toString().replace(/\B(?=(\d{3})+$)/g, ".");
  for (const place of csv(join(small, "communes.csv"))) {
    await page.fill("#search", place.code);
    await page.locator("#commune-table button.name").click();
    const card = page.locator("#card");
    assert.equal(await card.locator("dd data").first().getAttribute("value"), String(Number(place.people)));
    assert.equal(await card.locator("dd data").first().textContent(), shown(place.people));
    for (const technology of ["4g", "5g", "fibre_passed"]) {
      assert.equal(await card.locator(".of-" + technology).getAttribute("value"), String(Number(place[technology + "_low_pct"])));
      assert.ok((await card.textContent()).includes(`${shown(place[technology + "_served"])} trên ${shown(place.people)} người`));
    }
  }
  await page.fill("#search", "");
  await page.click('#communes-drawn path[data-row="5"]');
  assert.equal(await page.locator("#card h3").textContent(), "Quỳ Hợp");
  await page.context().close();
});

test("A percentage is never rounded to all or to nobody", async () => {
  const { page } = await openReport(browser, join(small, "report.html"));
  assert.deepEqual(await page.evaluate(() => [99.96, 100, 99.94, 0.04, 0, 0.06].map((number) => percent(number))),
    [">99,9 %", "100 %", "99,9 %", "<0,1 %", "0 %", "0,1 %"]);
  assert.deepEqual(await page.evaluate(() => [percent(12.34, 12.36), percent(12.3, 15), people(0.2), people(98503.6)]),
    ["12,3–12,4 %", "12,3–15 %", "<1", "98.504"]);
  await page.context().close();
});

test("The keyboard moves and enlarges the map, and every control has a name", async () => {
  const { page } = await openReport(browser, join(small, "report.html"));
  const view = () => page.getAttribute("#map", "viewBox");
  const whole = await view();
  await page.focus("#map");
  await page.keyboard.press("+");
  const closer = await view();
  assert.notEqual(closer, whole);
  await page.keyboard.press("ArrowRight");
  assert.notEqual(await view(), closer);
  await page.keyboard.press("0");
  assert.equal(await view(), whole);
  const nameless = await page.$$eval("button, select, input, #map", (controls) => controls.filter((control) =>
    !(control.textContent.trim() || control.getAttribute("aria-label") || control.labels?.[0]?.textContent.trim())).length);
  assert.equal(nameless, 0);
  await page.context().close();
});

/// Sizes as WCAG counts them: 18 pt, or 14 pt in bold, is large.
const lowContrast = () => {
  const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
  const ratio = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour.length === 3) return colour;
      if (colour[3] !== 0) throw new Error("half transparent: " + at.outerHTML.slice(0, 80));
    }
    return [255, 255, 255];
  };
  const found = [];
  let looked = 0;
  const judge = (element, colour, wanted, what) => {
    ++looked;
    const is = ratio(channels(colour), behind(element));
    if (is < wanted) found.push(`${what} ${element.outerHTML.slice(0, 80)}: ${is.toFixed(2)}`);
  };
  for (const element of document.body.querySelectorAll("*")) {
    if (!element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const wanted = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const says = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (says) judge(element, element instanceof SVGElement ? style.fill : style.color, wanted, "text");
    for (const part of ["::before", "::after"]) {
      const own = getComputedStyle(element, part);
      if (!["none", "normal", '""'].includes(own.content)) judge(element, own.color, wanted, part);
    }
    // What shows that there is a control, against what is around it.
    if (["BUTTON", "SELECT", "INPUT"].includes(element.tagName) && parseFloat(style.borderTopWidth) > 0 && element.type !== "checkbox")
      judge(element.parentElement, style.borderTopColor, 3, "border");
  }
  return { found, looked };
};

test("Everybody can read it: axe-core finds nothing against WCAG 2.2 AA, and all text has its contrast", async () => {
  const modules = createRequire(join(process.env.PLAYWRIGHT ?? import.meta.dirname, "package.json"));
  const axe = readFileSync(modules.resolve("axe-core/axe.min.js"), "utf8");
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const { page } = await openReport(browser, join(small, "report.html"));
  await page.locator("#commune-table button.name").first().click();
  await page.evaluate(axe);
  for (const language of ["vi", "en"]) {
    await page.click(`[data-language=${language}]`);
    for (const media of ["screen", "print"]) {
      await page.emulateMedia({ media });
      // No screen reader reads paper: what is said about landmarks and headings is for the screen.
      const rules = media === "screen" ? [...tags, "best-practice"] : tags;
      const { violations, passes } = await page.evaluate((runOnly) => axe.run(document, { runOnly }), rules);
      assert.deepEqual(violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id} ${node.html}`)), [], `${language} ${media}`);
      assert.ok(passes.some((rule) => rule.id === "color-contrast"));
      // axe-core leaves text in drawings and of one letter undecided.
      const { found, looked } = await page.evaluate(lowContrast);
      assert.deepEqual(found, [], `${language} ${media}`);
      assert.ok(looked > 100, `${looked} looked at`);
    }
    await page.emulateMedia({ media: "screen" });
  }
  await page.context().close();
});

test("What has the focus has a ring that stands out, and no column lies over it", async () => {
  const { page } = await openReport(browser, join(small, "report.html"), { width: 390, height: 844 });
  const seen = new Set();
  for (let i = 0; i < 60; ++i) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate(() => {
      const at = document.activeElement;
      if (at === document.body) return null;
      const style = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
      return { name: at.outerHTML.slice(0, 80), ring: style.outlineStyle, width: parseFloat(style.outlineWidth), colour: style.outlineColor,
        covered: top && (at.contains(top) || top.contains(at)) ? "" : `by ${top?.outerHTML.slice(0, 80)} at ${box.left} ${box.top}` };
    });
    if (!focus) break;
    seen.add(focus.name);
    // #b35900 on white: 5.1
    assert.deepEqual([focus.ring, focus.width, focus.colour, focus.covered], ["solid", 3, "rgb(179, 89, 0)", ""], focus.name);
  }
  assert.ok(seen.size > 20, `${seen.size} stops`);
  await page.context().close();
});

test("Names of communes look like what they are, and columns that sort like that", async () => {
  const { page } = await openReport(browser, join(small, "report.html"));
  const after = (selector) => page.$$eval(selector, (buttons) => [...new Set(buttons.map((button) => getComputedStyle(button, "::after").content))]);
  assert.deepEqual(await after("#commune-table tbody button.name"), ["none"]);
  assert.match((await after("#commune-table thead button")).join(), /↕/);
  assert.match(await page.$eval("#commune-table tbody button.name", (button) => getComputedStyle(button).textDecorationLine), /underline/);
  await page.context().close();
});

test("Every printed page of a long table says what its columns are", async () => {
  const { page } = await openReport(browser, join(small, "report.html"));
  // Eight communes again and again: three pages of them.
  await page.evaluate(() => {
    const body = document.querySelector("#commune-table tbody");
    const rows = [...body.rows];
    for (let i = 0; i < 15; ++i) body.append(...rows.map((row) => row.cloneNode(true)));
  });
  const pdf = join(folder, "long.pdf");
  await page.pdf({ path: pdf, preferCSSPageSize: true });
  const pages = execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" }).split("\f");
  const withRows = pages.filter((text) => (text.match(/Quỳ Hợp/g) ?? []).length > 1);
  assert.ok(withRows.length > 2);
  for (const text of withRows) assert.match(text, /4G \(%\)/);
  await page.context().close();
});

test("After an event the page leads with what it did, and calls the time before it that", async () => {
  // The small study's own page, told of a storm.
  const source = readFileSync(join(small, "report.html"), "utf8");
  const block = /(<script type="application\/json" id="data">)(.*?)(<\/script>)/s;
  const told = JSON.parse(block.exec(source)[2]);
  const dark = { headline: 1234, low: 1000, high: 2000 };
  told.manifest.event_result = { name: "Bão số 10", headline_hour: 12, people_dark: dark, people_lost: dark, people_lost_certain: 900,
    restoration: { end_hours: 2133, repairs: 7, crews: 2, start_hour: 12 } };
  told.curves.restoration = [[0, 1000, 900, 1000, 1100], [8, 4999, 4999, 4999, 4999], [16, 4999.9, 4999, 4999, 4999], [2133, 5000, 4999, 4999, 5000]];
  const stormy = join(folder, "stormy.html");
  writeFileSync(stormy, source.replace(block, (whole, open, text, close) => open + JSON.stringify(told).replaceAll("<", "\\u003c") + close));
  const { page, trouble } = await openReport(browser, stormy);
  const cards = await page.locator("#headline .number").allTextContents();
  assert.match(cards[0], /^Không có sóng sau Bão số 10\s*1\.234 người\s*12 giờ sau sự kiện; trong khoảng 1\.000 đến 2\.000/);
  assert.match(cards[2], /2\.133 giờ/);
  assert.ok(cards.some((text) => text.startsWith("Có 4G trước sự kiện")) && !cards.some((text) => /^Có 4G\d/.test(text)));
  // Not one line straight up: the hours that bring the people back fill the curve, and the rest is told.
  const marks = await page.locator("#recovery-curves .curve").first().locator("text").allTextContents();
  assert.ok(marks.includes("8") || marks.includes("6"), marks.join());
  assert.match(await page.locator("#recovery-curves figcaption").first().textContent(), /2\.133 giờ/);
  assert.deepEqual(trouble, []);
  await page.context().close();
});

test("On a phone nothing but tables is wider than the screen", async () => {
  const { page } = await openReport(browser, join(small, "report.html"), { width: 390, height: 844 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 390);
  await page.context().close();
});

test("3,321 communes fit into 3 MB and are there within 2 s of processor time", async () => {
  const report = join(run("country"), "report.html");
  const size = statSync(report).size;
  assert.ok(size < 3e6, `${size} bytes`);
  const { page, trouble } = await openReport(browser, report);
  await page.fill("#search", "xa 80 dong 40");
  assert.deepEqual(await names(page), ["Xã 80 Đông 40"]);
  // Processor time of the page's own process, from its start: other work on the machine does not count.
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  const seconds = metrics.find((metric) => metric.name === "ProcessTime").value;
  console.log(`3,321 communes: ${size} bytes, ${seconds.toFixed(2)} s`);
  assert.ok(seconds < 2, `${seconds} s`);
  assert.deepEqual(trouble, []);
  await page.context().close();
});
