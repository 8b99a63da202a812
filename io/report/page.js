"use strict";
// The report's own script: it shows what the data block holds and computes no number anew. Everything that comes from
// a file reaches the page as text (textContent) and never as markup.

const words = JSON.parse(document.getElementById("words").textContent);
const data = JSON.parse(document.getElementById("data").textContent);
const svgSpace = "http://www.w3.org/2000/svg";
const byId = (id) => document.getElementById(id);
let language = data.language;

// ---- Words and numbers

const word = (key, ...values) =>
  (words[language][key] ?? key).replace(/\{(\d)\}/g, (whole, i) => values[i] ?? "");

function grouped(digits) {
  return digits.replace(/\B(?=(\d{3})+$)/g, language === "vi" ? "." : ",");
}

function decimals(number, places) {
  const [whole, part] = Math.abs(number).toFixed(places).split(".");
  const sign = number < 0 ? "−" : "";
  return sign + grouped(whole) + (part ? (language === "vi" ? "," : ".") + part : "");
}

function people(number) {
  if (number === null || number === undefined) return word("no_value");
  if (number > 0 && number < 0.5) return "<1";
  return decimals(Math.round(number), 0);
}

// Never 100 while anybody is left out, never 0 while anybody is served.
function shownPercent(number) {
  if (number > 99.95 && number < 100) return ">" + decimals(99.9, 1);
  if (number > 0 && number < 0.05) return "<" + decimals(0.1, 1);
  return decimals(number, Number.isInteger(number) ? 0 : 1);
}

function percent(low, high = low) {
  if (low === null || low === undefined) return word("no_value");
  const [from, to] = [shownPercent(low), shownPercent(high ?? low)];
  return (from === to ? from : `${from}–${to}`) + (language === "vi" ? " %" : "%");
}

function fewDigits(number) {
  return decimals(number, number >= 100 || Number.isInteger(number) ? 0 : 2);
}

// Square kilometres.
const area = (number) => (number > 0 && number < 0.05 ? "<" + decimals(0.1, 1) : decimals(number, 1));

// Days as people write them.
function day(date) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date ?? "");
  if (!parts) return date || word("no_value");
  return language === "vi" ? `${parts[3]}/${parts[2]}/${parts[1]}` : date;
}

// "nghe an" finds "Nghệ An".
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

function technologyWord(technology) {
  return words[language]["technology_" + technology] ?? (/^\dg$/.test(technology) ? technology.toUpperCase() : technology);
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

// What a search looks through; made when somebody searches, which not everybody does.
function searchable(place) {
  place.found ??= plain(`${place.name} ${place.code} ${place.province}`);
  return place.found;
}

// ---- Small helpers of the page

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "class") made.className = value;
    else if (key in made && key !== "list") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function drawn(name, attributes = {}, ...children) {
  const made = document.createElementNS(svgSpace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// The number as the tables hold it stays beside what is shown.
const exact = (number, shown) => element("data", { value: String(number ?? "") }, shown);

// A table of the data block as objects.
function records(name) {
  const table = data.tables[name];
  if (!table) return [];
  return table.rows.map((row) => {
    const record = {};
    for (let i = 0; i < row.length; ++i) record[table.columns[i]] = row[i];
    return record;
  });
}

const communes = records("communes");
const total = records("provinces").find((place) => place.code === "total") ?? communes[0] ?? {};
const ranking = new Map(records("gaps").map((place) => [place.code, place]));
const targetsByCode = new Map();
for (const target of records("targets")) {
  if (!targetsByCode.has(target.code)) targetsByCode.set(target.code, []);
  targetsByCode.get(target.code).push(target);
}
communes.forEach((place, row) => { place.row = row; });
const event = data.manifest.event_result;
const definitions = records("dead_zones_summary");

// A status is told by word, shape and colour.
const statusColours = Object.fromEntries(data.statuses.map((status, at) => [status, data.status_colours[at]]));
const statusShapes = Object.fromEntries(data.statuses.map((status, at) => [status, data.status_marks[at]]));

function statusMark(status) {
  return drawn("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" },
    drawn("path", { d: statusShapes[status], fill: statusColours[status], stroke: "#1a1a1a" }));
}

function statusWord(status) {
  if (!status) return word("no_value");
  return element("span", { class: "status" }, statusMark(status), " " + word(status));
}

// ---- Headline

function numberCard(title, value, below, bad) {
  return element("div", { class: bad ? "number bad" : "number" }, element("h3", {}, title), element("p", { class: "value" }, value),
    ...below.filter(Boolean).map((line) => element("p", { class: "below" }, line)));
}

function servedCard(technology) {
  const low = total[technology + "_served"];
  const unknown = total[technology + "_unknown"];
  const high = low + unknown;
  const counted = people(low) === people(high) ? word("of_people", people(low), people(total.people))
    : word("of_people_at_least", people(low), people(high), people(total.people));
  const error = total[technology + "_sampling_error_pct"];
  return numberCard(word(event ? "served_before" : "served_by", technologyWord(technology)),
    exact(total[technology + "_low_pct"], percent(total[technology + "_low_pct"], total[technology + "_high_pct"])),
    [counted, unknown > 0 ? word("unknown_people", people(unknown)) : "",
      error > 0 ? (error < 0.01 ? word("sampling_error_below", decimals(0.01, 2)) : word("sampling_error", decimals(error, 2))) : ""]);
}

function zoneTechnologies(definition) {
  const technologies = definition.technologies.split(";").map(technologyWord);
  return technologies.join(word("or"));
}

const isLost = (definition) => Boolean(event) && definition.definition.endsWith("_lost");

function zoneTitle(definition) {
  return word(isLost(definition) ? "overlay_lost" : "overlay_dead_zones", zoneTechnologies(definition));
}

function interval(from, to) {
  return word("interval", people(from), people(to));
}

function showHeadline() {
  // After an event what it did comes first: it is what a reader opens the page for.
  const cards = [];
  if (event) {
    const dark = event.people_dark;
    cards.push(numberCard(word("dark_after", event.name), exact(dark.headline, word("people_unit", people(dark.headline))),
      [word("at_hour", fewDigits(event.headline_hour), interval(dark.low, dark.high)),
        word("of_all", people(total.people))], true));
    const lost = event.people_lost;
    cards.push(numberCard(word("lost_after"), exact(lost.headline, word("people_unit", people(lost.headline))),
      [word("lost_interval", interval(lost.low, lost.high)), word("certain_loss", people(event.people_lost_certain))], true));
    const repairs = event.restoration;
    if (repairs) {
      cards.push(numberCard(word("repairs"), word("repairs_hours", fewDigits(repairs.end_hours)),
        [word("repairs_about", people(repairs.repairs), people(repairs.crews))]));
    }
  }
  cards.push(numberCard(word("people"), exact(total.people, people(total.people)), [word("in_communes", people(communes.length))]));
  for (const technology of data.technologies) cards.push(servedCard(technology));
  for (const definition of definitions) {
    cards.push(numberCard(zoneTitle(definition), exact(definition.people_in_zones, word("people_unit", people(definition.people_in_zones))),
      [word("in_zones", people(definition.zones)),
        definition.remainder_zones > 0 ? word("dead_zone_rest", people(definition.remainder_zones), people(definition.remainder_people)) : ""], true));
  }
  byId("headline").replaceChildren(...cards);
}

// ---- Map

const map = byId("map");
const shapes = new Map([...map.querySelectorAll("#communes-drawn path")].map((path) => [Number(path.dataset.row), path]));
const whole = map.viewBox.baseVal;
const full = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
let view = { ...full };
let measure = data.measures[0];

function measureTitle(one) {
  if (one.kind === "status") return word("measure_status", one.subject);
  if (one.kind === "people") return word("measure_people", word(one.subject));
  return word("measure_percent", technologyWord(one.subject));
}

function classWord(one, at) {
  const shown = (number) => (one.kind === "people" ? people(number) : decimals(number, 0));
  const prefix = one.kind === "people" ? "class_people_" : "class_";
  if (one.kind === "status") return word(data.statuses[at]);
  if (one.kind === "people" && at === 0) return word("class_nobody");
  if (at === 0 || (one.kind === "people" && at === 1)) return word(prefix + "below", shown(one.breaks[at]));
  if (at === one.breaks.length) return word(prefix + "from", shown(one.breaks[at - 1]));
  return word(prefix + "between", shown(one.breaks[at - 1]), shown(one.breaks[at]));
}

function legendEntry(fill, text, mark) {
  const swatch = drawn("svg", { width: 22, height: 16, viewBox: "0 0 22 16", "aria-hidden": "true" },
    drawn("rect", { x: 0.5, y: 0.5, width: 21, height: 15, fill, stroke: "#5a5a5a" }));
  if (mark) swatch.append(drawn("path", { d: statusShapes[mark], fill: "#1a1a1a", stroke: "#ffffff", "stroke-width": 0.6, transform: "translate(3 0)" }));
  return element("li", {}, swatch, text);
}

function showLegend() {
  const used = [...new Set(measure.classes)].sort();
  const entries = used.filter((digit) => digit !== "-").map((digit) => {
    const at = Number(digit);
    return legendEntry(measure.colours[at], classWord(measure, at), measure.kind === "status" ? data.statuses[at] : null);
  });
  if (used.includes("-")) entries.push(legendEntry("url(#key-not-known)", word("class_unknown")));
  for (const overlay of data.overlays) {
    const group = byId("overlay-" + overlay.number);
    if (group && !group.hasAttribute("hidden"))
      entries.push(legendEntry(overlay.lost ? "url(#key-hatch-lost)" : "url(#key-hatch-never)", overlayTitle(overlay)));
  }
  byId("legend").replaceChildren(...entries);
  byId("map-caption").textContent = measureTitle(measure);
  map.setAttribute("aria-label", `${word("map")}: ${measureTitle(measure)}`);
}

// Shapes of the statuses, as large as the view allows.
function showMarks() {
  const marks = byId("marks");
  marks.replaceChildren();
  if (measure.kind !== "status") return;
  const size = Math.min(view.width / 90, full.width / Math.sqrt(communes.length) / 5) / 16;
  communes.forEach((place) => {
    const at = measure.classes[place.row];
    const where = data.places[place.row];
    if (at === "-" || !where) return;
    marks.append(drawn("path", { d: statusShapes[data.statuses[Number(at)]],
      transform: `translate(${where[0] - 8 * size} ${where[1] - 8 * size}) scale(${size})` }));
  });
}

// Names where there is room for them: more of them the closer the view.
const boxes = new Map();
const namesOnMap = drawn("g", { id: "names", "aria-hidden": "true" });
byId("hovered").before(namesOnMap);

function boxOf(row) {
  if (!boxes.has(row)) boxes.set(row, shapes.get(row).getBBox());
  return boxes.get(row);
}

function showNames() {
  namesOnMap.replaceChildren();
  const pixels = map.getScreenCTM()?.a ?? 0;
  if (Math.sqrt(full.width * full.height / communes.length) * pixels < 40) return;
  const size = 12 / pixels;
  const taken = [];
  for (const place of communes) {
    const where = data.places[place.row];
    if (!where || !place.name || !shapes.has(place.row)) continue;
    const [x, y] = [where[0], where[1] + (measure.kind === "status" ? 1.6 : 0.35) * size];
    if (x < view.x || x > view.x + view.width || y < view.y || y > view.y + view.height) continue;
    const half = 0.29 * size * place.name.length;
    const own = boxOf(place.row);
    if (own.x > x - half || own.x + own.width < x + half || own.height < 1.5 * size) continue;
    if (taken.some(([otherX, otherY, other]) => Math.abs(otherX - x) < other + half && Math.abs(otherY - y) < 1.2 * size)) continue;
    taken.push([x, y, half]);
    namesOnMap.append(drawn("text", { x, y, "font-size": size, "stroke-width": size / 4 }, place.name));
  }
}

function colourMap() {
  for (const [row, path] of shapes) {
    const at = measure.classes[row];
    const fill = at === "-" ? "url(#not-known)" : measure.colours[Number(at)];
    if (path.getAttribute("fill") !== fill) path.setAttribute("fill", fill);
  }
  showMarks();
  showNames();
  showLegend();
}

function showView() {
  map.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
  map.classList.toggle("zoomed", view.width < full.width * 0.999);
  // Hatching is as wide on the screen as before.
  const scale = view.width / full.width;
  for (const [id, turn] of [["hatch-never", 45], ["hatch-lost", -45], ["not-known", 0]])
    byId(id).setAttribute("patternTransform", `rotate(${turn}) scale(${data.hatch * scale})`);
  showMarks();
  showNames();
}

function zoom(factor, atX = view.x + view.width / 2, atY = view.y + view.height / 2) {
  const width = Math.min(full.width, Math.max(full.width / 64, view.width / factor));
  const by = width / view.width;
  view = { x: atX - (atX - view.x) * by, y: atY - (atY - view.y) * by, width, height: view.height * by };
  keepInside();
}

function keepInside() {
  view.x = Math.min(Math.max(view.x, full.x), full.x + full.width - view.width);
  view.y = Math.min(Math.max(view.y, full.y), full.y + full.height - view.height);
  showView();
}

function pan(right, down) {
  view.x += right * view.width;
  view.y += down * view.height;
  keepInside();
}

function pointOf(happening) {
  return new DOMPoint(happening.clientX, happening.clientY).matrixTransform(map.getScreenCTM().inverse());
}

let chosen = null;

function showCard(place) {
  const card = byId("card");
  card.classList.toggle("empty", !place);
  if (!place) {
    card.replaceChildren(element("p", {}, word("card_empty")));
    return;
  }
  const lines = [];
  const line = (title, value, small) => lines.push(element("dt", {}, title), element("dd", {}, value, small ? element("small", {}, " " + small) : null));
  line(word("people"), exact(place.people, people(place.people)), place.area_km2 == null ? "" : `${area(place.area_km2)} km²`);
  for (const technology of data.technologies) {
    const value = (stem) => place[`${technology}_${stem}`];
    const shown = exact(value("low_pct"), percent(value("low_pct"), value("high_pct")));
    shown.className = `of-${technology}`;
    let small = value("served") == null ? "" : `(${word("of_people", people(value("served")), people(place.people))}`;
    if (small) small += (value("unknown") > 0 ? "; " + word("unknown_people", people(value("unknown"))) : "") + ")";
    if (value("best_operator")) small += "; " + word("best_operator", value("best_operator"), percent(value("best_operator_low_pct")));
    line(word("served_by", technologyWord(technology)), shown, small);
  }
  for (const key of ["no_mobile", "no_service"]) {
    if (place[key] != null) line(word(key), exact(place[key], word("people_unit", people(place[key]))));
  }
  for (const definition of definitions) {
    const zones = place[definition.definition + "_dead_zones"];
    if (zones > 0) line(zoneTitle(definition), word("dead_zone_count", people(zones), people(place[definition.definition + "_dead_zone_people"])));
  }
  const gap = ranking.get(place.code);
  if (gap) {
    line(word("people_dark"), exact(gap.people_dark, word("people_unit", people(gap.people_dark))), `(${interval(gap.people_dark_low, gap.people_dark_high)})`);
    line(word("rank"), String(gap.rank), gap.rank_low == null ? "" : `(${word("interval", gap.rank_low, gap.rank_high)})`);
  }
  for (const target of targetsByCode.get(place.code) ?? []) {
    line(target.target, statusWord(target.status), target.short_of_target > 0 ? `${word("short_of_target")}: ${people(target.short_of_target)}` : "");
  }
  card.replaceChildren(element("h3", {}, place.name || place.code), element("p", {}, element("small", { class: "code" }, `${place.code} · ${place.province}`)), element("dl", {}, ...lines));
}

function outline(id, row) {
  byId(id).setAttribute("d", row === null || !shapes.has(row) ? "" : shapes.get(row).getAttribute("d"));
}

function choose(place) {
  chosen = place;
  outline("chosen", place ? place.row : null);
  showCard(place);
  for (const row of document.querySelectorAll("#commune-table tr.chosen")) row.classList.remove("chosen");
  if (place) document.querySelector(`#commune-table tr[data-row="${place.row}"]`)?.classList.add("chosen");
}

function wireMap() {
  const held = new Map();
  let moved = 0;
  const placeUnder = (happening) => {
    const row = happening.target.dataset ? happening.target.dataset.row : undefined;
    return row === undefined ? null : communes[Number(row)];
  };
  map.addEventListener("pointerdown", (happening) => {
    held.set(happening.pointerId, { x: happening.clientX, y: happening.clientY });
    moved = 0;
  });
  map.addEventListener("pointermove", (happening) => {
    const before = held.get(happening.pointerId);
    if (!before) {
      const place = placeUnder(happening);
      outline("hovered", place ? place.row : null);
      if (place && happening.pointerType === "mouse" && !chosen) showCard(place);
      return;
    }
    const step = { x: happening.clientX - before.x, y: happening.clientY - before.y };
    moved += Math.abs(step.x) + Math.abs(step.y);
    const scale = view.width / map.clientWidth;
    if (held.size === 2) {
      const other = [...held].find(([id]) => id !== happening.pointerId)[1];
      const apart = Math.hypot(before.x - other.x, before.y - other.y);
      const now = Math.hypot(happening.clientX - other.x, happening.clientY - other.y);
      const middle = pointOf({ clientX: (happening.clientX + other.x) / 2, clientY: (happening.clientY + other.y) / 2 });
      if (apart > 0) zoom(now / apart, middle.x, middle.y);
    } else if (view.width < full.width) {
      view.x -= step.x * scale;
      view.y -= step.y * scale;
      keepInside();
    }
    held.set(happening.pointerId, { x: happening.clientX, y: happening.clientY });
  });
  for (const name of ["pointerup", "pointercancel"])
    window.addEventListener(name, (happening) => held.delete(happening.pointerId));
  map.addEventListener("pointerleave", () => {
    outline("hovered", null);
    if (!chosen) showCard(null);
  });
  map.addEventListener("click", (happening) => {
    if (moved < 8) choose(placeUnder(happening));
  });
  map.addEventListener("wheel", (happening) => {
    if (!happening.ctrlKey && !happening.metaKey) return;
    happening.preventDefault();
    const at = pointOf(happening);
    zoom(happening.deltaY < 0 ? 1.3 : 1 / 1.3, at.x, at.y);
  }, { passive: false });
  const keys = { ArrowLeft: [-0.2, 0], ArrowRight: [0.2, 0], ArrowUp: [0, -0.2], ArrowDown: [0, 0.2] };
  map.addEventListener("keydown", (happening) => {
    if (happening.ctrlKey || happening.metaKey || happening.altKey) return;
    if (keys[happening.key]) pan(...keys[happening.key]);
    else if (happening.key === "+" || happening.key === "=") zoom(1.5);
    else if (happening.key === "-") zoom(1 / 1.5);
    else if (happening.key === "0") zoom(1 / 64);
    else return;
    happening.preventDefault();
  });
  byId("zoom-in").addEventListener("click", () => zoom(1.6));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.6));
  byId("zoom-reset").addEventListener("click", () => zoom(1 / 64));
  window.addEventListener("resize", showNames);
  byId("layer").addEventListener("change", () => {
    measure = data.measures[Number(byId("layer").value)];
    colourMap();
  });
}

function overlayTitle(overlay) {
  const definition = definitions.find((one) => one.definition === overlay.definition);
  return definition ? zoneTitle(definition) : overlay.definition;
}

function showMapControls() {
  byId("layer").replaceChildren(...data.measures.map((one, i) => element("option", { value: String(i), selected: one === measure }, measureTitle(one))));
  byId("overlay-controls").replaceChildren(...data.overlays.map((overlay) => {
    const group = byId("overlay-" + overlay.number);
    const box = element("input", { type: "checkbox", checked: !group.hasAttribute("hidden") });
    box.addEventListener("change", () => {
      group.toggleAttribute("hidden", !box.checked);
      showLegend();
    });
    return element("label", {}, box, overlayTitle(overlay));
  }));
}

// ---- Table of communes

const shownAtFirst = 200;
// In the order of their codes, until a reader asks otherwise; after an event those in need first.
let sorting = { key: event ? "rank" : null, down: false };
let showAll = false;

function communeColumns() {
  const provinces = new Set(communes.map((place) => place.province));
  const columns = [{ key: "name", title: word("commune"), value: (place) => plain(place.name), show: (place) => [
    element("button", { type: "button", class: "name" }, place.name || place.code), " ", element("small", { class: "code" }, place.code)] }];
  if (provinces.size > 1) columns.push({ key: "province", title: word("province"), value: (place) => plain(place.province), show: (place) => [place.province] });
  const number = (key, title, value, show) => columns.push({ key, title, value, number: true, show: (place) => [exact(value(place), show(place))] });
  number("people", word("people"), (place) => place.people, (place) => people(place.people));
  for (const technology of data.technologies) {
    number(technology, capital(technologyWord(technology)) + " (%)", (place) => place[technology + "_low_pct"],
      (place) => percent(place[technology + "_low_pct"], place[technology + "_high_pct"]));
  }
  if (communes.some((place) => place.no_mobile != null))
    number("no_mobile", word("no_mobile"), (place) => place.no_mobile, (place) => people(place.no_mobile));
  if (ranking.size) {
    number("people_dark", word("people_dark"), (place) => ranking.get(place.code)?.people_dark, (place) => people(ranking.get(place.code)?.people_dark));
    number("rank", word("rank"), (place) => ranking.get(place.code)?.rank, (place) => String(ranking.get(place.code)?.rank ?? ""));
  }
  data.measures.filter((one) => one.kind === "status").forEach((one) => {
    columns.push({ key: one.id, title: one.subject, value: (place) => one.classes[place.row], show: (place) => {
      const at = one.classes[place.row];
      return [at === "-" ? word("no_value") : statusWord(data.statuses[Number(at)])];
    } });
  });
  return columns;
}

function compare(a, b) {
  if (a === b) return 0;
  if (a === null || a === undefined) return 1;
  if (b === null || b === undefined) return -1;
  return a < b ? -1 : 1;
}

function filterOf(choice) {
  if (choice === "zones") return (place) => definitions.some((one) => place[one.definition + "_dead_zones"] > 0);
  if (choice === "dark") return (place) => (ranking.get(place.code)?.people_dark ?? 0) > 0;
  const [id, at] = choice.split(":");
  const one = data.measures.find((candidate) => candidate.id === id);
  return one ? (place) => one.classes[place.row] === at : () => true;
}

function showFilters() {
  const keep = (select, options) => {
    const before = select.value;
    select.replaceChildren(...options.map(([value, text]) => element("option", { value }, text)));
    if (options.some(([value]) => value === before)) select.value = before;
  };
  const provinces = [...new Set(communes.map((place) => place.province))].sort((a, b) => compare(plain(a), plain(b)));
  byId("province-label").hidden = provinces.length < 2;
  keep(byId("province"), [["", word("all_provinces")], ...provinces.map((name) => [name, name])]);
  const filters = [["", word("all")]];
  if (definitions.length) filters.push(["zones", word("with_dead_zones")]);
  if (ranking.size) filters.push(["dark", word("with_dark")]);
  for (const one of data.measures.filter((candidate) => candidate.kind === "status"))
    data.statuses.forEach((status, at) => { if (one.classes.includes(String(at))) filters.push([`${one.id}:${at}`, `${one.subject}: ${word(status)}`]); });
  keep(byId("filter"), filters);
}

function showCommunes() {
  const columns = communeColumns();
  const wanted = plain(byId("search").value.trim()).split(/\s+/).join(" ");
  const province = byId("province").value;
  const filter = filterOf(byId("filter").value);
  const column = columns.find((one) => one.key === sorting.key);
  const places = communes.filter((place) => (!wanted || searchable(place).includes(wanted)) && (!province || place.province === province) && filter(place));
  const keyed = places.map((place) => [column?.value(place), place]);
  if (column) keyed.sort(([a, one], [b, other]) => {
    const missing = a === null || a === undefined || b === null || b === undefined;
    return (sorting.down && !missing ? -compare(a, b) : compare(a, b)) || one.row - other.row;
  });
  const shown = showAll ? keyed : keyed.slice(0, shownAtFirst);

  const heading = element("tr", {}, ...columns.map((one) => {
    const button = element("button", { type: "button" }, one.title);
    button.addEventListener("click", () => {
      sorting = { key: one.key, down: sorting.key === one.key ? !sorting.down : Boolean(one.number) && one.key !== "rank" };
      showCommunes();
      document.querySelector(`#commune-table th[data-key="${one.key}"] button`).focus();
    });
    const cell = element("th", { scope: "col", class: one.number ? "n" : "", "data-key": one.key, "data-title": one.title }, button);
    if (one === column) cell.setAttribute("aria-sort", sorting.down ? "descending" : "ascending");
    return cell;
  }));
  byId("commune-table").tHead.replaceChildren(heading);
  const rows = shown.map(([, place]) => {
    const row = element("tr", { "data-row": String(place.row), class: chosen === place ? "chosen" : "" });
    columns.forEach((one, i) => row.append(element(i === 0 ? "th" : "td", i === 0 ? { scope: "row" } : { class: one.number ? "n" : "" }, ...one.show(place))));
    return row;
  });
  if (!rows.length) rows.push(element("tr", {}, element("td", { colSpan: columns.length }, word("nothing_found"))));
  byId("commune-table").tBodies[0].replaceChildren(...rows);
  byId("count").textContent = shown.length < keyed.length
    ? word("count_shown", people(keyed.length), people(communes.length), people(shown.length))
    : word("count", people(keyed.length), people(communes.length));
  byId("show-all").hidden = shown.length === keyed.length;
}

function wireTable() {
  for (const id of ["search", "province", "filter"]) byId(id).addEventListener("input", showCommunes);
  byId("show-all").addEventListener("click", () => { showAll = true; showCommunes(); });
  // Chromium leaves a heading that is half beyond the edge where it is.
  byId("commune-table").tHead.addEventListener("focusin", (happening) => happening.target.scrollIntoView({ block: "nearest", inline: "nearest" }));
  byId("commune-table").addEventListener("click", (happening) => {
    const row = happening.target.closest("tbody tr[data-row]");
    if (!row || !happening.target.closest("button.name")) return;
    choose(communes[Number(row.dataset.row)]);
    byId("map-section").scrollIntoView({ block: "start" });
  });
}

// ---- Targets, ranking, dead zones

function table(titles, rows) {
  const body = rows.map((row) => element("tr", {}, ...row.map((cell, i) =>
    element("td", { class: titles[i].number ? "n" : "" }, ...(Array.isArray(cell) ? cell : [cell ?? ""])))));
  return [element("thead", {}, element("tr", {}, ...titles.map((one) => element("th", { scope: "col", class: one.number ? "n" : "" }, one.title)))),
    element("tbody", {}, ...body)];
}

const text = (title) => ({ title });
const counted = (title) => ({ title, number: true });

function showTargets() {
  const all = records("targets");
  const wholes = records("target_totals");
  byId("targets").hidden = !wholes.length;
  byId("target-list").replaceChildren(...wholes.map((whole) => {
    const own = all.filter((target) => target.target === whole.target);
    const tally = data.statuses.map((status) => [status, own.filter((target) => target.status === status).length]);
    const rows = [
      [word("status"), statusWord(whole.status)],
      [word("served_by", technologyWord(whole.technology)), `${percent(whole.low_pct, whole.high_pct)} (${word("of_people", people(whole.served), people(whole.people))})`],
      [word("target"), percent(whole.target_pct)],
      [word("short_of_target"), exact(whole.short_of_target, people(whole.short_of_target))],
      [word("deadline"), day(whole.deadline)],
      [word("communes_by_status"), tally.filter(([, number]) => number > 0).flatMap(([status, number]) => [statusWord(status), ` ${people(number)}   `])],
    ];
    return element("div", {}, element("h3", {}, whole.target), element("table", {}, element("tbody", {}, ...rows.map(([title, value]) =>
      element("tr", {}, element("th", { scope: "row" }, title), element("td", {}, ...(Array.isArray(value) ? value : [value])))))));
  }));
}

function showRanking() {
  byId("ranking").hidden = !ranking.size;
  const names = new Map(communes.map((place) => [place.code, place]));
  const rows = [...ranking.values()].slice(0, 30).map((gap) => [String(gap.rank), word("interval", gap.rank_low ?? gap.rank, gap.rank_high ?? gap.rank),
    names.get(gap.code)?.name ?? gap.code, exact(gap.people_dark, people(gap.people_dark)), interval(gap.people_dark_low, gap.people_dark_high),
    people(gap.people_hours), gap.in_top_ten == null ? "" : percent(100 * gap.in_top_ten)]);
  byId("ranking-table").replaceChildren(...table([counted(word("rank")), counted(word("rank_interval")), text(word("commune")), counted(word("people_dark")),
    counted("5–95 %"), counted(word("people_hours")), counted(word("in_top_ten"))], rows));
}

function showDeadZones() {
  byId("dead-zones").hidden = !definitions.length;
  const zones = records("dead_zones");
  byId("dead-zone-lists").replaceChildren(...definitions.flatMap((definition) => {
    const own = zones.filter((zone) => zone.definition === definition.definition).slice(0, 20);
    const about = word("dead_zone_count", people(definition.zones), people(definition.people_in_zones))
      + (definition.remainder_zones > 0 ? "; " + word("dead_zone_rest", people(definition.remainder_zones), people(definition.remainder_people)) : "")
      + (own.length < definition.zones ? ". " + word("first_zones", people(own.length)) + ":" : ".");
    const withKind = own.some((zone) => zone.kind);
    const titles = [counted("#"), counted(word("zone_people")), counted(word("zone_area")), text(word("zone_communes")), text(word("zone_missing")),
      counted(word("zone_farthest")), counted(word("zone_place")), ...(withKind ? [text(word("zone_kind"))] : [])];
    const rows = own.map((zone) => [String(zone.rank), exact(zone.people, people(zone.people)), area(zone.area_km2), zone.commune_names.split(";").join(", "),
      zone.missing.split(";").map(technologyWord).join(", "), zone.farthest_m == null ? word("no_value") : people(zone.farthest_m),
      `${zone.longitude.toFixed(4)}, ${zone.latitude.toFixed(4)}`, ...(withKind ? [zone.kind ?? ""] : [])]);
    return [element("h3", {}, zoneTitle(definition)), element("p", {}, about),
      own.length ? element("div", { class: "wide", tabIndex: 0, role: "region", "aria-label": zoneTitle(definition) }, element("table", {}, ...table(titles, rows))) : null].filter(Boolean);
  }));
}

// ---- Curves

function niceSteps(low, high) {
  const rough = (high - low) / 5 || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((candidate) => candidate >= rough);
  const steps = [];
  for (let at = Math.ceil(low / step) * step; at <= high + step * 1e-9; at += step) steps.push(at);
  return steps;
}

// lines: [{points: [[x, y]], second}], band: [[x, low, high]].
function curve(title, lines, band, xTitle, showY, notes) {
  const [width, height, left, right, top, bottom] = [560, 320, 84, 16, 12, 48];
  const xs = lines.flatMap((one) => one.points.map(([x]) => x));
  const ys = lines.flatMap((one) => one.points.map(([, y]) => y)).concat(band.flatMap(([, low, high]) => [low, high]));
  const [xMost, yLeast, yMost] = [Math.max(...xs) || 1, Math.min(0, ...ys), Math.max(...ys) || 1];
  const x = (value) => left + (value / xMost) * (width - left - right);
  const y = (value) => height - bottom - ((value - yLeast) / (yMost - yLeast)) * (height - top - bottom);
  const path = (points) => points.map(([px, py], i) => `${i ? "L" : "M"}${x(px).toFixed(1)} ${y(py).toFixed(1)}`).join("");
  const picture = drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title });
  for (const at of niceSteps(yLeast, yMost)) {
    picture.append(drawn("line", { class: "grid", x1: left, x2: width - right, y1: y(at), y2: y(at) }), drawn("text", { x: left - 6, y: y(at) + 4, "text-anchor": "end" }, showY(at)));
  }
  for (const at of niceSteps(0, xMost)) picture.append(drawn("text", { x: x(at), y: height - bottom + 18, "text-anchor": "middle" }, decimals(at, Number.isInteger(at) ? 0 : 1)));
  picture.append(drawn("line", { class: "axis", x1: left, x2: width - right, y1: height - bottom, y2: height - bottom }),
    drawn("text", { x: (left + width - right) / 2, y: height - 8, "text-anchor": "middle" }, xTitle));
  if (band.length) picture.append(drawn("path", { class: "band", d: path(band.map(([at, low]) => [at, low])) + path([...band].reverse().map(([at, , high]) => [at, high])).replace("M", "L") + "z" }));
  for (const one of lines) picture.append(drawn("path", { class: one.second ? "line second" : "line", d: path(one.points) }));
  return element("figure", { class: "curve" }, element("h3", {}, title), picture, element("figcaption", {}, notes.join("; ")));
}

function showCurves() {
  const recovery = [];
  const dark = data.curves.dark;
  if (dark.length > 1) {
    recovery.push(curve(word("dark_over_time"), [{ points: dark.map(([hour, most]) => [hour, most]) }], dark.map(([hour, , low, high]) => [hour, low, high]), word("hours"), people, [word("band")]));
  }
  const all = data.curves.restoration;
  if (all.length > 1) {
    // The last few people may take weeks, beside which the hours that matter would be a line straight up.
    const [first, last] = [all[0][1], all[all.length - 1][1]];
    const enough = all.findIndex(([, served]) => served >= last - 0.001 * (last - first));
    const repaired = all.slice(0, Math.max(enough + 1, 2));
    const cut = repaired.length < all.length ? [word("curve_ends", fewDigits(event.restoration?.end_hours ?? all[all.length - 1][0]))] : [];
    recovery.push(curve(word("served_over_time"), [{ points: repaired.map(([hour, served]) => [hour, served]) }, { points: repaired.map(([hour, , , median]) => [hour, median]), second: true }],
      repaired.map(([hour, , low, , high]) => [hour, low, high]), word("repair_hours", fewDigits(event.restoration?.start_hour ?? 0)), people, [word("planned"), "– – " + word("median_of_draws"), word("band"), ...cut]));
  }
  byId("recovery").hidden = !recovery.length;
  byId("recovery-curves").replaceChildren(...recovery);
  const cost = data.curves.cost;
  byId("cost").hidden = cost.length < 2;
  if (cost.length > 1) {
    const rollout = data.manifest.rollout;
    byId("cost-curves").replaceChildren(curve(word("cost_curve", technologyWord(rollout.technology)), [{ points: cost.map(([spent, low]) => [spent, low]) }], cost,
      word("cost_axis", rollout.currency || "—"), (at) => decimals(at, 0), [word("percent_of_people"), word("band_unknown")]));
  }
}

// ---- How it was made

function showMaking() {
  const manifest = data.manifest;
  const keys = ["served", "any", ...(definitions.length ? ["dead"] : []), ...(definitions.some(isLost) ? ["lost"] : []), ...(event ? ["dark"] : []), "rounding", "exact"];
  const entries = keys.map((key) => [word("def_" + key), word(`def_${key}_text`)]);
  const balance = manifest.balance;
  entries.push([word("balance"), word("balance_about", people(balance.communes.people), people(balance.outside.people), people(balance.counted_twice.people),
    people(balance.raster.people), word(balance.holds ? "balance_holds" : "balance_fails")) + (manifest.raked_to ? " " + word("raked", people(manifest.raked_to.people)) : "")]);
  byId("definitions").replaceChildren(...entries.flatMap(([title, about]) => [element("dt", {}, title), element("dd", {}, about)]));
  const problems = manifest.problems.map((problem) => element("li", { lang: "en" }, `${problem.subject}: ${problem.what}`,
    problem.people == null ? "" : ` (${word("affects", people(problem.people))})`));
  byId("problems").replaceChildren(...(problems.length ? problems : [element("li", {}, word("no_problems"))]));
  byId("inputs").replaceChildren(...table([text(word("role")), text(word("file")), text("SHA-256")],
    manifest.inputs.map((input) => [input.role, element("code", {}, input.path), element("code", {}, input.sha256)])));
  byId("layers").replaceChildren(...table([text(word("layer")), text(word("layer_rule")), text(word("layer_alignment")), text(word("layer_operation"))],
    manifest.layers.map((layer) => [[technologyWord(layer.technology), layer.operator].filter(Boolean).join(" "), layer.rule, layer.alignment, layer.coordinate_operation])));
  byId("versions").textContent = Object.entries(manifest.versions).map(([name, version]) => `${name} ${version}`).join(" · ");
}

// ---- All of it

function show() {
  document.documentElement.lang = language;
  for (const one of document.querySelectorAll("[data-word]")) one.textContent = word(one.dataset.word);
  for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", word(one.dataset.label));
  for (const button of document.querySelectorAll("[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === language));
  byId("synthetic").hidden = !data.synthetic;
  showHeadline();
  showMapControls();
  colourMap();
  showCard(chosen);
  showFilters();
  showCommunes();
  showTargets();
  showRanking();
  showCurves();
  showDeadZones();
  showMaking();
}

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => {
    language = button.dataset.language;
    show();
  });
}
wireMap();
wireTable();
showView();
show();
document.documentElement.dataset.ready = "yes";
