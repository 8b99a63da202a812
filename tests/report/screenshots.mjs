#!/usr/bin/env node
// Pictures of a report: vi and en, wide and as a phone shows it, and as printed (the page with the map).
// usage: tests/report/screenshots.mjs REPORT.html FOLDER [SECTION...]      sections by their id, each as a picture more
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { openBrowser, openReport } from "./browser.mjs";

const [report, folder, ...sections] = process.argv.slice(2);
if (!folder) {
  console.error("usage: tests/report/screenshots.mjs REPORT.html FOLDER [SECTION...]");
  process.exit(2);
}
const picture = { type: "jpeg", quality: 75 };  // a third of a PNG
mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
for (const [name, language, width, height] of [["vi", "vi", 1200, 1300], ["en", "en", 1200, 1300], ["phone", "vi", 390, 844]]) {
  const { page, trouble } = await openReport(browser, resolve(report), { width, height });
  await page.click(`[data-language=${language}]`);
  await page.locator("#commune-table button.name").first().click();
  // A phone shows one screen at a time: the map is what it is for.
  await page.evaluate((phone) => (phone ? document.getElementById("map-section").scrollIntoView() : window.scrollTo(0, 0)), name === "phone");
  await page.screenshot({ path: `${folder}/${name}.jpg`, ...picture });
  for (const section of sections) {
    const part = page.locator("#" + section);
    if (await part.isVisible()) await part.screenshot({ path: `${folder}/${name}-${section}.jpg`, ...picture });
  }
  if (name === "vi") {
    await page.pdf({ path: `${folder}/print.pdf`, preferCSSPageSize: true, printBackground: true });
    execFileSync("pdftoppm", ["-jpeg", "-r", "60", "-f", "2", "-l", "2", "-singlefile", `${folder}/print.pdf`, `${folder}/print`]);
    rmSync(`${folder}/print.pdf`);
  }
  for (const one of trouble) console.error(`${name}: ${one}`);
  await page.context().close();
}
await browser.close();
