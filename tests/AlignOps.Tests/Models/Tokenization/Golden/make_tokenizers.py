"""Makes families.json.gz: small tokenizers in each family's configuration, and what tokenizers 0.23.1 makes of 10,000 strings with each.

    python3 make_tokenizers.py OUTPUT_DIRECTORY

The vocabularies are trained here on the few lines below; normalizers, pre-tokenizers, decoders, post-processors and BPE settings are the families' own.
The strings come from a splitmix64 stream over the fragments and ranges that the file holds, so that the tests draw the same ones.
"""
import gzip, hashlib, json, sys, unicodedata
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

CORPUS = [
    "The cat sat on the mat, and the other cats didn't sit with it; they'd rather they were the ones who'd sat there first.",
    "I'll say we've said you're what he's and I'm: DON'T, WE'LL, I'M, YOU'RE, isn't, wasn't, weren't.",
    "In 2024 there were 1234567 people; 100, 200, 3000 and 3.14159 of them. 10:30, 11:45, 2024-11-21.",
    "def answer(question: str) -> str:\n    if question == 'why':\n        return \"because\"\n\n    return answer(question[1:])\n",
    "café naïve über straße señor façade Ångström résumé Zürich coöperate",
    "Привет, мир! Как дела? Это проверка. Всё хорошо.",
    "日本語のテキストです。今日は良い天気ですね。東京に行きました。",
    "你好，世界！今天天气很好。我们去北京。", "안녕하세요 세계 한국어 텍스트", "שלום עולם", "مرحبا بالعالم", "नमस्ते दुनिया यह हिंदी है", "สวัสดีชาวโลก",
    "    four spaces\t\ttabs\n\n\nlines   three  two one", "https://example.org/a/b?c=d&e=f#g user@example.org #tag @name $100 50% a_b-c+d=e*f/g",
    "😀😃😄 👍🏽 👨‍👩‍👧‍👦 🇩🇪 ❤️", "<html><body class=\"x\">&amp;</body></html> {\"key\": [1, 2, 3], \"other\": null}",
    "system user assistant You are a helpful assistant. Question: Answer: the the the and and of to in is that it was for on as with",
] * 4

FRAGMENTS = [
    "the", " the", "The", " cat", "s", "'s", "'S", "'t", "'ll", "'LL", "'Ve", "'re", "'d", "'m", "'\u017f", "\u2019s", "''", "'", " '", "don't", "WE'LL", "x's'd",
    " ", "  ", "   ", "     ", "          ", "\n", "\n\n", "\r\n", "\r", "\t", "\t\t", " \n", "\n ", " \t\n ", "\u00a0", "\u2003", "\u3000", "\u1680", "\u2028", "\u2029", "\u0085",
    "\x0b", "\x0c", "\x1c", "\x1f", "\u200b", "\u200c", "\u200d", "\ufeff", "\u180e", "\x00", "\x01", "\x07", "\x1b", "\x7f",
    "0", "7", "12", "123", "1234", "1234567890", " 42", "3.14", "\u0663\u0664", "\u0967", "\u00b2", "\u00bd", "\u2167", "\u4e94", "\U0001d7ce", "\u2460", "1a2b3c",
    ".", ",", "!", "?!", "...", " -- ", "-", "_", "__init__", "()", "[]", "{}", "=>", "!=", "//", "#", "\"", "`", "\\", "|", "<", ">", "<|", "|>", "</", "&&", "%$#@", " .", " !\n", "!\n\n", "/\r\n",
    "caf\u00e9", "cafe\u0301", "e\u0301", "\u0301", "\u0327c", "a\u0308\u0323", "\u212b", "A\u030a", "\u1e9b\u0323", "\u0958", "\u0915\u093c", "\u1100\u1161\u11a8", "\uac01", "\uac00\u11a8", "\u0344", "\u2126", "\uf900",
    "\u0130", "\u0131", "\u00df", "\ufb01", "\u01c5", "\u02b0", "\u0294", "\u00aa", "\u1e9e", "\u03a3\u03c2", "\u4e2d\u6587", "\u65e5\u672c", " \u65e5", "\u3042\u30ab\u3099", "\ud55c\uae00",
    "\u041f\u0440\u0438", " \u043c\u0438\u0440", "\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d\u0628\u0627", "\u064e", "\u0928\u092e\u0938\u094d\u0924\u0947", "\u0e2a\u0e27\u0e31\u0e2a", "\u1200", "\u13a0\uab70", "\u1f08",
    "\U0001f600", " \U0001f600", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f44d\U0001f3fd", "\U0001f1e9\U0001f1ea", "\u2764\ufe0f", "\U00020000", "\U0001d400\U0001d401", "\U00010400\U00010428", "\U0001e922", "\U000e0061", "\U0001f9ff",
    "\ufffd", "\uffff", "\ufdd0", "\ue000", "\U0010ffff", "\U000f0000", "\u00ad", "\u2060", "\u202e", "\u2581", "\u2581\u2581", " \u2581 ", "\u0120", "\u010a", "<0x0A>", "<0xE2>", "<0xZZ>",
    "<s>", "</s>", "<unk>", "<s", "s>", "[INST]", "[/INST]", " [INST] ", "<<SYS>>", "<|begin_of_text|>", "<|eot_id|>", "<|start_header_id|>", "<|end_header_id|>\n\n", "<|im_start|>", "<|im_end|>", "<|im_end|>\n", " <|im_end|> ",
    "<|endoftext|>", "<think>", "</think>\n", "<tool_call>", "<|im_start|", "|im_end|>", "<|im_<|im_end|>", "MASK", "xMASK", " MASK ", "MASK_", "\u0301MASK", "<left>", "  <left>", "<right>", "<right>  \n", "<both>", " \t<both>\n ", "word\u00e9", "word\u0065\u0301", "two words", "  two words ",
    "system\n", "user\n", "assistant\n", "\n\nassistant", "https://example.org/?q=1", "user@example.org", "snake_case", "CamelCaseWord", "ALLCAPS", "x" * 30, "ab" * 20, "=" * 25, "\n" * 9, "\t" * 7, "answer(", "question",
]

MASK64 = (1 << 64) - 1
SEED = 20260101
COUNT = 10_000
BLOCK = 100


class Stream:
    def __init__(self, seed):
        self.state = seed & MASK64

    def next(self, below):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK64
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK64
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK64
        return (z ^ (z >> 31)) % below


# Scripts of Unicode 16 whose letters compose: NFC of them depends on how new a machine's ICU is.
COMPOSING_SINCE_16 = [(0x105C0, 0x105FF), (0x11380, 0x113FF), (0x16100, 0x1613F), (0x16D40, 0x16D7F)]


def assigned_ranges():
    ranges, start = [], None
    for code in range(0x30000):
        assigned = unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co") and not any(a <= code <= b for a, b in COMPOSING_SINCE_16)
        if assigned and start is None:
            start = code
        if not assigned and start is not None:
            if code - start >= 24:
                ranges.append([start, code - 1])
            start = None
    return ranges


RANGES = assigned_ranges()


def text(index):
    stream = Stream(SEED + index * 7919)
    parts = []
    for _ in range(1 + stream.next(16)):
        if stream.next(5) == 0:
            low, high = RANGES[stream.next(len(RANGES))]
            parts.append(chr(low + stream.next(high - low + 1)))
        else:
            parts.append(FRAGMENTS[stream.next(len(FRAGMENTS))])
    return "".join(parts)


def random_ids(index, size):
    stream = Stream(SEED * 31 + index)
    return [stream.next(size + 3) for _ in range(stream.next(12))]


def byte_level(pre, normalizer=None, size=900, **settings):
    tokenizer = Tokenizer(models.BPE())
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre
    tokenizer.train_from_iterator(CORPUS, trainers.BpeTrainer(vocab_size=size, show_progress=False, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    trained = json.loads(tokenizer.to_str())["model"]
    tokenizer.model = models.BPE(vocab=trained["vocab"], merges=[tuple(m) for m in trained["merges"]], **settings)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def sentence_piece(byte_fallback=True, size=700, extra=(), across=False):
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    if not across:
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="never", split=True)
    tokenizer.train_from_iterator(CORPUS, trainers.BpeTrainer(vocab_size=size, show_progress=False, limit_alphabet=90, special_tokens=["<unk>", "<s>", "</s>", *extra]))
    trained = json.loads(tokenizer.to_str())["model"]
    order = ["<unk>", "<s>", "</s>", *extra]
    if byte_fallback:
        order += [f"<0x{b:02X}>" for b in range(256)]
    order += ["▁▁", "▁▁▁▁"] if not across else []
    order += [t for t, _ in sorted(trained["vocab"].items(), key=lambda e: e[1]) if t not in set(order)]
    merges = ([("▁", "▁"), ("▁▁", "▁▁")] if not across else []) + [tuple(m) for m in trained["merges"]]
    merges = list(dict.fromkeys(merges))
    tokenizer = Tokenizer(models.BPE(vocab={t: i for i, t in enumerate(order)}, merges=merges, unk_token="<unk>", fuse_unk=True, byte_fallback=byte_fallback))
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    tokenizer.add_special_tokens([AddedToken(t, normalized=False, special=True) for t in ["<unk>", "<s>", "</s>", *extra]])
    return tokenizer


def begins_with(tokenizer, token):
    return processors.TemplateProcessing(single=f"{token} $A", pair=f"{token} $A {token} $B", special_tokens=[(token, tokenizer.token_to_id(token))])


def special(*names):
    return [AddedToken(name, normalized=False, special=True) for name in names]


def llama2():
    tokenizer = sentence_piece()
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.post_processor = begins_with(tokenizer, "<s>")
    return tokenizer


def llama2_normalized():
    """As files converted before 2023-08 have it: special tokens are looked for in normalised text, with the mark of space before them."""
    tokenizer = llama2()
    source = json.loads(tokenizer.to_str())
    for token in source["added_tokens"]:
        token["normalized"] = True
    return Tokenizer.from_str(json.dumps(source))


def llama2_metaspace():
    tokenizer = sentence_piece()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="first", split=False)
    tokenizer.post_processor = begins_with(tokenizer, "<s>")
    return tokenizer


def mistral():
    tokenizer = sentence_piece(extra=["[INST]", "[/INST]", "[TOOL_CALLS]"])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False)
    tokenizer.post_processor = begins_with(tokenizer, "<s>")
    return tokenizer


def pieces_without_bytes():
    tokenizer = sentence_piece(byte_fallback=False, across=True)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="never", split=False)
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="never", split=False)
    return tokenizer


def metaspace_split():
    tokenizer = sentence_piece()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    return tokenizer


LLAMA3 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
QWEN = LLAMA3.replace("{1,3}", "")


def llama3():
    pre = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(LLAMA3), behavior="isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer = byte_level(pre, ignore_merges=True)
    tokenizer.add_special_tokens(special("<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<|eom_id|>", "<|python_tag|>"))
    tokenizer.post_processor = processors.Sequence([processors.ByteLevel(add_prefix_space=True, trim_offsets=False, use_regex=True), begins_with(tokenizer, "<|begin_of_text|>")])
    return tokenizer


def qwen():
    pre = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(QWEN), behavior="isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer = byte_level(pre, normalizers.NFC(), continuing_subword_prefix="", end_of_word_suffix="")
    tokenizer.add_special_tokens(special("<|endoftext|>", "<|im_start|>", "<|im_end|>"))
    tokenizer.add_tokens([AddedToken(t, normalized=False, special=False) for t in ["<tool_call>", "</tool_call>", "<think>", "</think>"]])
    tokenizer.post_processor = processors.ByteLevel(add_prefix_space=False, trim_offsets=False, use_regex=False)
    return tokenizer


def smollm2():
    pre = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)])
    tokenizer = byte_level(pre)
    tokenizer.add_special_tokens(special("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<repo_name>"))
    return tokenizer


def added_token_flags():
    tokenizer = byte_level(pre_tokenizers.ByteLevel(add_prefix_space=True, use_regex=True), normalizers.NFC())
    tokenizer.add_special_tokens(special("<|endoftext|>"))
    tokenizer.add_special_tokens([AddedToken("<left>", lstrip=True, normalized=False, special=True), AddedToken("<right>", rstrip=True, normalized=False, special=True)])
    tokenizer.add_tokens([
        AddedToken("<both>", lstrip=True, rstrip=True, normalized=False), AddedToken("MASK", single_word=True, normalized=False), AddedToken("two words", normalized=False),
        AddedToken("word\u0065\u0301", normalized=True), AddedToken("<|im_end|>", normalized=True, special=True), AddedToken("<|im_<|im_end|>", normalized=True, special=True), AddedToken("ALLCAPS", normalized=True),
    ])
    return tokenizer


FAMILIES = {
    "llama2": llama2, "llama2-normalized": llama2_normalized, "llama2-metaspace": llama2_metaspace, "mistral": mistral, "pieces-without-bytes": pieces_without_bytes, "metaspace-split": metaspace_split,
    "llama3": llama3, "qwen": qwen, "smollm2": smollm2, "added-token-flags": added_token_flags,
}


def digests(count, value):
    result = []
    for block in range(0, count, BLOCK):
        sha = hashlib.sha256()
        for index in range(block, block + BLOCK):
            sha.update(value(index).encode("utf-8") + b"\x1e")
        result.append(sha.hexdigest()[:12])
    return result


def spell(ids):
    return ",".join(map(str, ids))


def family(name, make):
    tokenizer = make()
    source = json.loads(tokenizer.to_str())
    if name in ("llama2", "smollm2"):
        source["model"]["merges"] = [" ".join(m) for m in source["model"]["merges"]]
    tokenizer = Tokenizer.from_str(json.dumps(source))
    plain = Tokenizer.from_str(json.dumps(source))
    plain.encode_special_tokens = True
    texts = [text(i) for i in range(COUNT)]
    size = tokenizer.get_vocab_size()
    trusted = [e.ids for e in tokenizer.encode_batch(texts, add_special_tokens=False)]
    untrusted = [e.ids for e in plain.encode_batch(texts, add_special_tokens=False)]
    wrapped = [e.ids for e in tokenizer.encode_batch(texts, add_special_tokens=True)]
    return {
        "tokenizer": source,
        "plain": digests(COUNT, lambda i: spell(untrusted[i])),
        "trusted": digests(COUNT, lambda i: spell(trusted[i])),
        "wrapped": digests(COUNT, lambda i: spell(wrapped[i])),
        "decoded": digests(COUNT, lambda i: tokenizer.decode(trusted[i], skip_special_tokens=True)),
        "decodedAll": digests(COUNT, lambda i: tokenizer.decode(trusted[i], skip_special_tokens=False)),
        "decodedRandom": digests(COUNT, lambda i: tokenizer.decode(random_ids(i, size), skip_special_tokens=True)),
        "samples": [{"text": texts[i], "plain": untrusted[i], "trusted": trusted[i]} for i in range(0, 1000, 25)],
    }


def main(output):
    value = {
        "made": "tokenizers 0.23.1", "seed": SEED, "count": COUNT, "block": BLOCK, "fragments": FRAGMENTS, "ranges": RANGES,
        "families": {name: family(name, make) for name, make in FAMILIES.items()},
    }
    data = json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()
    with open(f"{output}/families.json.gz", "wb") as file:
        file.write(gzip.compress(data, 9, mtime=0))


if __name__ == "__main__":
    main(sys.argv[1])
