"""How the odd and hostile cases reach phusong: a study file from a case, and numbers back from communes.csv."""
import csv
import json
import os

PROGRAM = os.environ.get("PHUSONG", os.path.join(os.path.dirname(__file__), "../../build/dev/tools/phusong"))

RULES = {
    "binary": lambda layer: 'rule = "present"\n',
    "fraction": lambda layer: 'rule = "share"\nfull_value = 1\n',
    "dbm": lambda layer: 'rule = "signal"\nthreshold_dbm = %r\n' % layer["threshold"],
}


def text(value):
    return json.dumps(value, ensure_ascii=False)


def study_of(case):
    """The TOML study of a case; paths stay relative to the case's folder, which is the working directory."""
    inputs = case["inputs"]
    communes = inputs["communes"]
    out = '[study]\nname = "case"\n[communes]\npath = %s\ncode = %s\nname = %s\n' % (
        text(communes["path"]),
        text(communes["code_field"]), text(communes["name_field"]))
    unit = {"people per cell": "people_per_cell", "people per km2": "people_per_km2"}[inputs["population"]["unit"]]
    out += '[population]\npath = %s\nvalues = "%s"\n' % (text(inputs["population"]["path"]), unit)
    for technology, layer in inputs["coverage"].items():
        out += '[[coverage]]\ntechnology = "%s"\npath = %s\n%s' % (technology, text(layer["path"]),
                                                                  RULES[layer["kind"]](layer))
    if "damage" in inputs:
        out += '[event]\nname = "case"\n[[event.damage]]\npath = %s\nseverity = "loss"\ntechnology = "tech"\n' % text(
            inputs["damage"]["path"])
    return out


def command(case, case_dir, out_dir):
    # The study file is written outside of the case's folder, which must not change; its paths are made absolute.
    study = os.path.join(os.path.dirname(out_dir), ".study.toml")
    inputs = case["inputs"]
    damage = [inputs["damage"]] if "damage" in inputs else []
    for role in (inputs["communes"], inputs["population"], *inputs["coverage"].values(), *damage):
        if "://" not in role["path"] and not role["path"].startswith("/"):
            role["path"] = os.path.normpath(os.path.join(case_dir, role["path"]))
    with open(study, "w", encoding="utf-8") as file:
        file.write(study_of(case))
    return [PROGRAM, "run", study, "--out", out_dir]


def number(cell):
    return float(cell) if cell else None


TECHNOLOGIES = ("4g", "5g", "fiber")


def count_after(out_dir, communes):
    """What an event left of the service, added up from the ledger's lines."""
    with open(os.path.join(out_dir, "ledger.csv"), encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["booking"] == "commune"]
    if not rows or not any(name.endswith("_after") for name in rows[0]):
        return
    for values in communes.values():
        values.update({"covered_" + technology: 0.0 for technology in TECHNOLOGIES}, no_coverage=0.0)
    for row in rows:
        after = {technology: row.get(technology + "_after") or row[technology] for technology in TECHNOLOGIES}
        people = float(row["people"])
        values = communes[row["zone"]]
        for technology, answer in after.items():
            values["covered_" + technology] += people if answer == "served" else 0.0
        values["no_coverage"] += people if "served" not in after.values() else 0.0


def parse(out_dir):
    with open(os.path.join(out_dir, "communes.csv"), encoding="utf-8", newline="") as file:
        table = file.read()
    with open(os.path.join(out_dir, "manifest.json"), encoding="utf-8") as file:
        manifest = file.read()
    by_share = any(layer["rule"] == "share" for layer in json.loads(manifest)["layers"])
    communes = {}
    for row in csv.DictReader(table.splitlines()):
        values = {"population": number(row["people"]), "name": row["name"]}
        for technology in TECHNOLOGIES:
            values["covered_" + technology] = number(row[technology + "_served"])
        # People for whom no service is certain. Where a layer tells parts of households, yes and no are told apart at
        # one half, which is another question than the one asked here.
        if not by_share and row["no_service"]:
            values["no_coverage"] = number(row["no_service"]) + number(row["no_service_unknown"])
        communes[row["code"]] = values
    count_after(out_dir, communes)
    with open(os.path.join(out_dir, "communes.geojson"), encoding="utf-8") as file:
        geojson = file.read()
    return communes, {"csv": table, "warnings": manifest, "geojson": geojson}
