"""Rows in IFEval's format with answers, judged by lm-evaluation-harness' own ifeval task: python3 make_ifeval.py FOLDER_OF_LM_EVAL > ifeval.json

The harness' code is imported and not copied. What it asks NLTK's punkt and langdetect is left out: counts of sentences and of words in capitals, and the response's language;
for the two kinds that ask for English in one case, the detector says "en", and the answers are English.
"""
import json
import random
import re
import sys
import types

root = sys.argv[1]


class Words:
    def __init__(self, pattern):
        self.pattern = re.compile(pattern)

    def tokenize(self, text):
        return self.pattern.findall(text)


def module(name, **values):
    made = types.ModuleType(name)
    made.__dict__.update(values)
    sys.modules[name] = made
    return made


class Undetected(Exception):
    pass


tokenize = module("nltk.tokenize", RegexpTokenizer=Words)
module("nltk", tokenize=tokenize, __version__="3.9.1", data=types.SimpleNamespace(find=lambda name: name), download=lambda name: True)
module("langdetect", detect=lambda text: "en", LangDetectException=Undetected)
module("packaging", version=module("packaging.version", parse=lambda text: [int(part) for part in text.split(".")]))
module("immutabledict", immutabledict=dict)
import importlib.metadata

importlib.metadata.version = lambda name: "3.9.1"
for name in ("lm_eval", "lm_eval.tasks", "lm_eval.tasks.ifeval"):
    made = types.ModuleType(name)
    made.__path__ = [root if name.endswith("ifeval") else root + "/none"]
    sys.modules[name] = made
from lm_eval.tasks.ifeval import utils

draw = random.Random(20261121)
SENTENCES = [
    "The harbour was quiet in the morning.", "She bought apples, pears and bread.", "Is this the right way to the station?", "What a day!", "We will send the invoice on Monday, as agreed.",
    "Our support team answers within two hours.", "He said \"wait here\" and left.", "THE DOOR IS OPEN.", "the cat sleeps in the sun and the dog is out.", "Version 2.5 was released in 2024.",
    "A good answer is short, honest and kind.", "Please write to [email] or call [phone number].", "I think that you're right about the plan.", "Rain fell on the roof all night.", "THIS IS THE LAST WARNING FROM THE TEAM.",
    "it was all for the good of the people in the town.", "Nobody knows the café's real name; naïve guesses abound.", "Reset the router, wait a minute, then try again.", "[name] is a placeholder [date].", "Is there any other question?",
]
DECORATED = [
    lambda t: t, lambda t: t.upper(), lambda t: t.lower(), lambda t: '"' + t + '"', lambda t: "<<On harbours>>\n\n" + t, lambda t: "<< >>\n" + t, lambda t: t + "\n\nP.S. Write soon.",
    lambda t: t + "\n\nP.P.S Thank you", lambda t: t + " p. s. one more thing", lambda t: "* " + t.replace(". ", ".\n* "), lambda t: "- " + t.replace(". ", ".\n- "), lambda t: t.replace(". ", ".\n\n"),
    lambda t: t.replace(". ", ". *** "), lambda t: "***\n" + t.replace(". ", ".\n***\n") + "\n***", lambda t: t + "\n******\nAnother answer, in other words.", lambda t: t + "******" + t,
    lambda t: json.dumps({"answer": t}), lambda t: "```json\n" + json.dumps([t, 1, None]) + "\n```", lambda t: "{" + t, lambda t: "My answer is yes. " + t, lambda t: "My answer is maybe.",
    lambda t: "Section 1\n" + t + "\nSection 2\n" + t, lambda t: "SECTION 1 " + t, lambda t: t.replace("the", "*the*"), lambda t: t.replace("The", "**The**") + " **", lambda t: t + " Is there any other question?",
    lambda t: "Sure, here it is:\n" + t, lambda t: "Here:\n" + t + "\nHope it helps", lambda t: t + "\n\n\n\n" + t, lambda t: "Write about harbours. " + t, lambda t: "  \n" + t + "  ", lambda t: "",
    lambda t: "*\n" + t + "\n\n * b\n**c**\n  -d", lambda t: "write ABOUT harbours.\n\n" + t,
]
responses = []
for i in range(160):
    body = " ".join(draw.sample(SENTENCES, draw.randint(1, 6)))
    text = DECORATED[i % len(DECORATED)](body)
    responses.append(DECORATED[draw.randrange(len(DECORATED))](text) if draw.random() < 0.3 else text)

RELATIONS = ["less than", "at least"]


def kinds():
    words = ["harbour", "team", "the", "Answer", "invoice", "router", "café", "you're", "right", "2"]
    paragraphs = draw.randint(1, 4)
    return {
        "keywords:existence": {"keywords": draw.sample(words, draw.randint(1, 2))},
        "keywords:frequency": {"keyword": draw.choice(words), "frequency": draw.randint(1, 4), "relation": draw.choice(RELATIONS)},
        "keywords:forbidden_words": {"forbidden_words": draw.sample(words, draw.randint(1, 2))},
        "keywords:letter_frequency": {"letter": draw.choice("aeiouTxQ"), "let_frequency": draw.randint(1, 12), "let_relation": draw.choice(RELATIONS)},
        "length_constraints:number_paragraphs": {"num_paragraphs": draw.randint(1, 5)},
        "length_constraints:number_words": {"num_words": draw.randint(1, 50), "relation": draw.choice(RELATIONS)},
        "length_constraints:nth_paragraph_first_word": {"num_paragraphs": paragraphs, "nth_paragraph": draw.randint(1, paragraphs), "first_word": draw.choice(["the", "She", "is", "what", "write", "p"])},
        "detectable_content:number_placeholders": {"num_placeholders": draw.randint(1, 4)},
        "detectable_content:postscript": {"postscript_marker": draw.choice(["P.S.", "P.P.S"])},
        "detectable_format:number_bullet_lists": {"num_bullets": draw.randint(1, 5)},
        "detectable_format:constrained_response": {},
        "detectable_format:number_highlighted_sections": {"num_highlights": draw.randint(1, 3)},
        "detectable_format:multiple_sections": {"section_spliter": draw.choice(["Section", "SECTION"]), "num_sections": draw.randint(1, 3)},
        "detectable_format:json_format": {},
        "detectable_format:title": {},
        "combination:two_responses": {},
        "combination:repeat_prompt": {"prompt_to_repeat": "Write about harbours."},
        "startend:end_checker": {"end_phrase": draw.choice(["Is there any other question?", "good of the people in the town.", "Hope it helps"])},
        "change_case:english_capital": {},
        "change_case:english_lowercase": {},
        "punctuation:no_comma": {},
        "startend:quotation": {},
    }


NAMES = list(kinds())
ARGUMENTS = sorted({name for one in kinds().values() for name in one})
rows = []
for i in range(600):
    ids = draw.sample(NAMES, draw.randint(1, 3))
    ids[0] = NAMES[i % len(NAMES)]
    ids = list(dict.fromkeys(ids))
    # Rows of the published set name every argument and leave those of other kinds null.
    kwargs = [{**({name: None for name in ARGUMENTS} if i % 20 == 0 else {}), **kinds()[one]} for one in ids]
    at = draw.randrange(len(responses))
    if draw.random() < 0.5:
        # Every kind is to be followed about as often as not.
        first = {"key": 0, "prompt": "", "instruction_id_list": ids[:1], "kwargs": kwargs[:1]}
        followers = [place for place, text in enumerate(responses) if utils.process_results(first, [text])["prompt_level_strict_acc"]]
        at = draw.choice(followers or [at])
    doc = {"key": 1000 + i, "prompt": "Write about harbours.", "instruction_id_list": ids, "kwargs": kwargs}
    found = utils.process_results(doc, [responses[at]])
    rows.append({**doc, "response": at, "strict": found["inst_level_strict_acc"], "loose": found["inst_level_loose_acc"]})


def mean(values):
    return sum(values) / len(values)


json.dump({
    "responses": responses, "rows": rows,
    "prompt_level_strict_acc": mean([all(row["strict"]) for row in rows]), "inst_level_strict_acc": utils.agg_inst_level_acc([row["strict"] for row in rows]),
    "prompt_level_loose_acc": mean([all(row["loose"]) for row in rows]), "inst_level_loose_acc": utils.agg_inst_level_acc([row["loose"] for row in rows]),
}, sys.stdout, ensure_ascii=False, separators=(",", ":"))
