# SPDX-License-Identifier: GPL-3.0-or-later
"""The schemas are sound and their examples are real."""
import json
import pathlib
import subprocess
import tempfile
import unittest

import jsonschema

import support


class Schemas(unittest.TestCase):
    def files(self):
        return sorted(support.SCHEMAS.glob("*.schema.json"))

    def test_each_is_a_schema_under_a_free_licence(self):
        self.assertGreaterEqual(len(self.files()), 10)
        for file in self.files():
            schema = json.loads(file.read_text(encoding="utf-8"))
            jsonschema.Draft202012Validator.check_schema(schema)
            self.assertEqual(schema["$comment"], "SPDX-License-Identifier: MIT", file.name)
            self.assertEqual(schema["$schema"], "https://json-schema.org/draft/2020-12/schema")

    def test_each_stands_alone_and_what_they_share_is_the_same(self):
        seen = {}
        for file in self.files():
            schema = json.loads(file.read_text(encoding="utf-8"))
            for name, definition in schema["$defs"].items():
                first = seen.setdefault(name, definition)
                self.assertEqual(definition, first, f"{file.name}: {name}")
            for reference in self.references(schema):
                self.assertRegex(reference, r"^#/\$defs/")
                self.assertIn(reference.rsplit("/", 1)[1], schema["$defs"], file.name)

    def test_each_member_of_a_record_says_what_it_is(self):
        """Of parts that have a name; a constant says it itself."""
        for file in self.files():
            for name, definition in json.loads(file.read_text(encoding="utf-8"))["$defs"].items():
                for member, is_what in definition.get("properties", {}).items():
                    plain = member == "warnings" or "const" in is_what
                    self.assertTrue(plain or is_what.get("description"), f"{file.name}: {name}.{member}")

    def references(self, node):
        if isinstance(node, dict):
            if "$ref" in node:
                yield node["$ref"]
            node = list(node.values())
        if isinstance(node, list):
            for child in node:
                yield from self.references(child)

    def test_each_lists_the_error_codes_of_the_documentation(self):
        codes = support.schema(None)["$defs"]["error"]["properties"]["code"]["enum"]
        table = (support.ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
        for code in codes:
            self.assertIn(f"| `{code}` |", table)


def shape(node):
    """What a record has, its figures and sentences left out."""
    if isinstance(node, dict):
        return {key: shape(child) for key, child in node.items()}
    if isinstance(node, list):
        return shape(node[0]) if node else None
    is_number = isinstance(node, (int, float)) and not isinstance(node, bool)
    return "number" if is_number else type(node).__name__


class Examples(unittest.TestCase):
    def test_each_schema_has_an_example_that_is_valid(self):
        for file in sorted(support.SCHEMAS.glob("*.schema.json")):
            name = file.name.replace(".schema.json", ".json")
            text = (support.SCHEMAS / "examples" / name).read_text(encoding="utf-8")
            record = support.parse(text)
            self.assertEqual(support.schema(record.get("schema"))["title"],
                             record.get("schema", "error"), name)

    @unittest.skipUnless(support.READS_PHOTOS, "this build reads no photos")
    def test_each_has_the_shape_of_what_the_command_prints_today(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([support.SCHEMAS / "examples" / "make", support.TONSURE, folder],
                           check=True, timeout=600)
            for file in sorted(pathlib.Path(folder).glob("*.json")):
                kept = support.SCHEMAS / "examples" / file.name
                self.assertEqual(shape(json.loads(kept.read_text())),
                                 shape(json.loads(file.read_text())), file.name)

    def test_a_schema_refuses_what_the_contract_refuses(self):
        for name, path, value in BROKEN:
            record = json.loads((support.SCHEMAS / "examples" / f"{name}.json").read_text())
            node = record
            for step in path[:-1]:
                node = node[step]
            if value is None:
                del node[path[-1]]
            else:
                node[path[-1]] = value
            validator = jsonschema.Draft202012Validator(
                json.loads((support.SCHEMAS / f"{name}.schema.json").read_text()))
            self.assertFalse(validator.is_valid(record), (name, path, value))

    def test_a_schema_lets_new_fields_pass(self):
        for file in sorted((support.SCHEMAS / "examples").glob("*.json")):
            record = json.loads(file.read_text())
            record["added_later"] = {"any": ["thing"]}
            support.parse(json.dumps(record))


BROKEN = [
    ("reading-1", ["schema"], None),
    ("reading-1", ["schema"], "tonsure/reading/2"),
    ("reading-1", ["lab", "L"], 200),
    ("reading-1", ["lab", "L"], "42,1"),
    ("reading-1", ["lab", "observer"], "5"),
    ("reading-1", ["lab", "illuminant"], None),
    ("reading-1", ["what"], "beard"),
    ("compare-1", ["de00"], -1),
    ("compare-1", ["ita", "b"], None),
    ("match-1", ["search", "exact"], None),
    ("match-1", ["recipes", 0, "parts", 0, "drops"], 2.5),
    ("match-1", ["recipes", 0, "parts", 0, "pigment"], None),
    ("match-1", ["recipes", 0, "confidence"], "D"),
    ("match-1", ["recipes", 0, "shade"], "14"),
    ("match-1", ["recipes", 0, "predicted", "lab", "L"], 116),
    ("match-1", ["surface", "load"], None),
    ("correct-1", ["status"], "maybe"),
    ("correct-1", ["recipe", 0, "factor"], -0.1),
    ("correct-1", ["additions", 0, "parts", 0, "drops"], -1),
    ("correct-1", ["residual", "ratio"], None),
    ("photo-1", ["chart", "status"], "guessed"),
    ("photo-1", ["chart", "corners"], [[1, 2]]),
    ("photo-1", ["patches", 0, "used"], None),
    ("photo-1", ["fit", "loo_de00", "p95"], None),
    ("chart-1", ["patches", 0, "name"], ""),
    ("chart-1", ["patches", 0, "reading"], 3),
    ("chart-1", ["columns"], 1),
    ("chart-1", ["pitch_mm"], 0),
    ("charts-1", ["charts", 0, "editions"], "both"),
    ("ladder-plan-1", ["steps", 0, "parts", 0, "drops"], 0),
    ("ladder-plan-1", ["steps", 0, "read_on"], ["grey"]),
    ("ladder-1", ["samples", 0, "de00"], None),
    ("learn-1", ["inks", 0, "K_factor"], [1, 2]),
    ("gamut-1", ["box", "L"], [1]),
    ("gamut-1", ["target", "missing", "dL"], None),
    ("mixes-1", ["mixes", 0, "parts"], []),
    ("mixes-1", ["mixes", 0, "surface", "load"], None),
    ("learn-1", ["mixes", 0, "left_out_de00"], "none"),
    ("ladder-1", ["summary", "fitted"], {}),
    ("skin-1", ["melanin"], None),
    ("skin-1", ["intervals", "blood"], [0.1]),
    ("skin-1", ["class"], "pale"),
    ("zone-1", ["coverage"], 1.5),
    ("zone-1", ["reach"], "near"),
    ("zone-1", ["by_n"], []),
    ("zone-1", ["yule_nielsen", "calibrated"], None),
    ("palette-1", ["pigments", 0, "K", 3], -0.1),
    ("palette-1", ["pigments", 0, "S"], None),
    ("palette-1", ["pigments", 0, "id"], "carbon black"),
    ("palette-1", ["model", "kind"], "three-constant"),
    ("palette-check-1", ["ok"], "yes"),
    ("stock-change-1", ["taken", 0, "ul"], 0.5),
    ("stock-change-1", ["written"], None),
    ("stock-list-1", ["bottles", 0, "on_hand_ul"], -1),
    ("stock-list-1", ["bottles", 0, "status"], "gone"),
    ("stock-log-1", ["entries", 0, "hash"], "00"),
    ("stock-log-1", ["entries", 0, "id"], 0),
    ("stock-recall-1", ["bottles", 0], "17"),
    ("stock-verify-1", ["head"], None),
    ("stock-copy-1", ["action"], "copy"),
    ("plan-1", ["demand", 0, "week"], "2026-48"),
    ("plan-1", ["orders", 0, "bottles"], 0),
    ("plan-1", ["orders", 0, "reason"], ""),
    ("plan-1", ["orders", 0, "cause"], "not-needed"),
    ("plan-1", ["service"], 98),
    ("error", ["error", "code"], "oops"),
    ("error", ["error", "text"], None),
]

if __name__ == "__main__":
    support.main()
