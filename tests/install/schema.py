# The schemas of editors against the example, by a validator that is not ours.
#
#   schema.py SCHEMAS CONTENT
#
# Every schema is one by its own rules; every file of the example that is YAML, and the front matter
# of every document, fits; and what is broken on purpose does not. Closes with `N passed, N failed`.
import copy
import json
import pathlib
import re
import sys

import jsonschema
import yaml

schemas, content = (pathlib.Path(p) for p in sys.argv[1:3])
passed = failed = 0


# As editors read YAML: version 1.2, where a day is text, and so are yes, no and on.
class Loader(yaml.SafeLoader):
    pass


OTHERS = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag not in OTHERS]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver(OTHERS[1], re.compile("^(true|false)$"), "tf")


def count(fine, what):
    global passed, failed
    passed += bool(fine)
    failed += not fine
    if not fine:
        print("FAIL", what)


def schema_of(name):
    return json.loads((schemas / f"{name}.json").read_text())


def fits(data, name, what):
    errors = list(jsonschema.Draft7Validator(schema_of(name)).iter_errors(data))
    deepest = jsonschema.exceptions.best_match(iter(errors)) if errors else None
    count(not errors, f"{what}: {deepest and deepest.message[:200]} at {deepest and list(deepest.absolute_path)}")


def refuses(data, name, what):
    count(not jsonschema.Draft7Validator(schema_of(name)).is_valid(data), what)


def read(path):
    return yaml.load(path.read_text(), Loader)


for path in sorted(schemas.glob("*.json")):
    if path.name == "vscode-settings.json":
        continue
    try:
        jsonschema.Draft7Validator.check_schema(json.loads(path.read_text()))
        count(True, path)
    except jsonschema.SchemaError as error:
        count(False, f"{path}: {error.message}")

fits(read(content / "continuo.yaml"), "workspace", "continuo.yaml")
for path in sorted(content.glob("records/**/*.yaml")):
    kind = path.stem if path.parent.name == "records" else path.parent.name
    fits(read(path), kind, path)
for path in sorted(content.glob("documents/**/*.md")):
    front = path.read_text().split("\n---\n", 1)[0].removeprefix("---\n")
    fits(yaml.load(front, Loader), "document", path)

whole = read(content / "records" / "supplier.yaml")[0]
for what, change in {
    "an unknown key": {"contackt": "x"},
    "a time without a unit": {"exit_lead_time": "4"},
    "a reference of another type": {"owner": "SUP-001"},
    "a word that is none of the list": {"status": "actve"},
    "a day that is none": {"created": "2026-6-1"},
    "text for yes or no": {"critical": "perhaps"},
    "a part that is no map": {"requirement": "4h"},
    "an unknown key in a part": {"requirement": {"rtoo": "4h"}},
}.items():
    broken = copy.deepcopy(whole)
    broken.update(change)
    refuses(broken, "supplier", what)
broken = copy.deepcopy(whole)
del broken["services"]
refuses(broken, "supplier", "without a field that must be there")
fits({**whole, "owner": "ROL-999"}, "supplier", "a role that is still to come")

print(f"{passed} passed, {failed} failed")
