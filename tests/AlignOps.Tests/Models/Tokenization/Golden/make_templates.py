"""Makes templates.json.gz: what transformers 5.12.1 (jinja2 3.1.6) writes by chat templates, the tokens of it, and what it makes of small pieces of Jinja.

    python3 make_templates.py OUTPUT_DIRECTORY     (families.json.gz stands there already)

The short templates are those that the families publish in tokenizer_config.json. The long ones, with tools and thinking, are written here in the manner of
Llama 3.1 and 3.2, Qwen 2.5 and Qwen 3: the same constructs and the same layout for conversations without tools.
"""
import datetime, gzip, json, sys
from tokenizers import Tokenizer
from transformers.utils import chat_template_utils

NOW = datetime.datetime(2024, 11, 5, 9, 7, 3)


class Clock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return NOW


chat_template_utils.datetime = Clock

LLAMA2 = "{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}{% else %}{% set loop_messages = messages %}{% set system_message = false %}{% endif %}{% for message in loop_messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if loop.index0 == 0 and system_message != false %}{% set content = '<<SYS>>\\n' + system_message + '\\n<</SYS>>\\n\\n' + message['content'] %}{% else %}{% set content = message['content'] %}{% endif %}{% if message['role'] == 'user' %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}{% elif message['role'] == 'assistant' %}{{ ' '  + content.strip() + ' ' + eos_token }}{% endif %}{% endfor %}"
MISTRAL = "{{ bos_token }}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if message['role'] == 'user' %}{{ '[INST] ' + message['content'] + ' [/INST]' }}{% elif message['role'] == 'assistant' %}{{ message['content'] + eos_token}}{% else %}{{ raise_exception('Only user and assistant roles are supported!') }}{% endif %}{% endfor %}"
ZEPHYR = "{% for message in messages %}\n{% if message['role'] == 'user' %}\n{{ '<|user|>\n' + message['content'] + eos_token }}\n{% elif message['role'] == 'system' %}\n{{ '<|system|>\n' + message['content'] + eos_token }}\n{% elif message['role'] == 'assistant' %}\n{{ '<|assistant|>\n'  + message['content'] + eos_token }}\n{% endif %}\n{% if loop.last and add_generation_prompt %}\n{{ '<|assistant|>' }}\n{% endif %}\n{% endfor %}"
LLAMA3 = "{% set loop_messages = messages %}{% for message in loop_messages %}{% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' %}{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}"
CHATML = "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
SMOLLM2 = "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
GENERATION = """{%- for message in messages %}
    {%- if message.role == 'assistant' %}
        {{- '<|im_start|>assistant\\n' }}
        {%- generation %}
            {{- message.content + '<|im_end|>' }}
        {%- endgeneration %}
        {{- '\\n' }}
    {%- else %}
        {{- '<|im_start|>' ~ message.role ~ '\\n' ~ message.content ~ '<|im_end|>\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"""
DATED = """{{- bos_token }}
{%- if not date_string is defined %}
    {%- if strftime_now is defined %}
        {%- set date_string = strftime_now("%d %b %Y") %}
    {%- else %}
        {%- set date_string = "26 Jul 2024" %}
    {%- endif %}
{%- endif %}
{%- if not tools is defined %}{% set tools = none %}{% endif %}

{#- The first message may be the system's. #}
{%- if messages[0]['role'] == 'system' %}
    {%- set system_message, messages = messages[0]['content']|trim, messages[1:] %}
{%- else %}
    {%- set system_message = "" %}
{%- endif %}
{{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
{%- if tools is not none %}
    {{- "Environment: ipython\\n" }}
    {%- for t in tools %}{{- t | tojson(indent=4) }}{{- "\\n\\n" }}{% endfor %}
{%- endif %}
{{- "Cutting Knowledge Date: December 2023\\n" }}
{{- "Today Date: " + date_string + "\\n\\n" }}
{{- system_message }}
{{- "<|eot_id|>" }}
{%- for message in messages %}
    {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
        {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'+ message['content'] | trim + '<|eot_id|>' }}
    {%- elif 'tool_calls' in message %}
        {%- if not message.tool_calls|length == 1 %}
            {{- raise_exception("One tool call at once!") }}
        {%- endif %}
    {%- else %}
        {{- "<|start_header_id|>ipython<|end_header_id|>\\n\\n" }}
        {%- if message.content is mapping or message.content is iterable %}{{- message.content | tojson }}{% else %}{{- message.content }}{% endif %}
        {{- "<|eot_id|>" }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
{%- endif %}
"""
TOOLS = """{%- if tools %}
    {{- '<|im_start|>system\\n' }}
    {%- for tool in tools %}{{- "\\n" }}{{- tool | tojson }}{%- endfor %}
    {{- '<|im_end|>\\n' }}
{%- else %}
    {%- if messages[0]['role'] == 'system' %}
        {{- '<|im_start|>system\\n' + messages[0]['content'] + '<|im_end|>\\n' }}
    {%- else %}
        {{- '<|im_start|>system\\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\\n' }}
    {%- endif %}
{%- endif %}
{%- for message in messages %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant" and not message.tool_calls) %}
        {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
    {%- elif message.role == "assistant" %}
        {{- raise_exception('no calls here') }}
    {%- elif message.role == "tool" %}
        {%- if (loop.index0 == 0) or (messages[loop.index0 - 1].role != "tool") %}
            {{- '<|im_start|>user' }}
        {%- endif %}
        {{- '\\n<tool_response>\\n' }}
        {{- message.content }}
        {{- '\\n</tool_response>' }}
        {%- if loop.last or (messages[loop.index0 + 1].role != "tool") %}
            {{- '<|im_end|>\\n' }}
        {%- endif %}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}
"""
THINKING = """{%- if messages[0].role == 'system' %}
    {{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}
{%- endif %}
{%- set ns = namespace(looking=true, last_query=messages|length - 1) %}
{%- for message in messages[::-1] %}
    {%- set index = (messages|length - 1) - loop.index0 %}
    {%- if ns.looking and message.role == "user" and message.content is string and not(message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}
        {%- set ns.looking = false %}
        {%- set ns.last_query = index %}
    {%- endif %}
{%- endfor %}
{%- for message in messages %}
    {%- set content = message.content if message.content is string else '' %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) %}
        {{- '<|im_start|>' + message.role + '\\n' + content + '<|im_end|>' + '\\n' }}
    {%- elif message.role == "assistant" %}
        {%- set thought = '' %}
        {%- if message.reasoning_content is string %}
            {%- set thought = message.reasoning_content %}
        {%- elif '</think>' in content %}
            {%- set thought = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
            {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
        {%- endif %}
        {%- if loop.index0 > ns.last_query and (loop.last or thought) %}
            {{- '<|im_start|>' + message.role + '\\n<think>\\n' + thought.strip('\\n') + '\\n</think>\\n\\n' + content.lstrip('\\n') }}
        {%- else %}
            {{- '<|im_start|>' + message.role + '\\n' + content }}
        {%- endif %}
        {{- '<|im_end|>\\n' }}
    {%- elif message.role == "tool" %}
        {%- if loop.first or (messages[loop.index0 - 1].role != "tool") %}{{- '<|im_start|>user' }}{%- endif %}
        {{- '\\n<tool_response>\\n' ~ message.content ~ '\\n</tool_response>' }}
        {%- if loop.last or (messages[loop.index0 + 1].role != "tool") %}{{- '<|im_end|>\\n' }}{%- endif %}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}
        {{- '<think>\\n\\n</think>\\n\\n' }}
    {%- endif %}
{%- endif %}
"""
MACROS = """{%- macro turn(role, content, end='<|im_end|>') -%}
<|im_start|>{{ role }}
{{ content }}{{ end }}
{% endmacro -%}
{%- set roles = {'user': 'user', 'assistant': 'assistant', 'system': 'system', 'tool': 'user'} -%}
{%- for role, content in messages | map(attribute='role') | list | length and [] -%}{%- endfor -%}
{%- for message in messages if message.content | trim | length > 0 -%}
    {%- if loop.first and message.role == 'tool' %}{% continue %}{% endif -%}
    {{ turn(roles[message.role], content=message['content'] | trim) }}
{%- else -%}
    {{ turn('system', 'nothing was said') }}
{%- endfor -%}
{%- if add_generation_prompt -%}{{ '<|im_start|>assistant\\n' }}{%- endif -%}
"""

TEMPLATES = {
    "llama2": (LLAMA2, "llama2"), "llama2-old": (LLAMA2, "llama2-normalized"), "mistral": (MISTRAL, "mistral"), "zephyr": (ZEPHYR, "llama2-metaspace"), "llama3": (LLAMA3, "llama3"), "dated": (DATED, "llama3"),
    "chatml": (CHATML, "qwen"), "smollm2": (SMOLLM2, "smollm2"), "generation": (GENERATION, "qwen"), "tools": (TOOLS, "qwen"), "thinking": (THINKING, "qwen"), "macros": (MACROS, "smollm2"),
}
SPECIAL = {
    "llama2-normalized": {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"},
    "llama2": {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}, "mistral": {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"},
    "llama2-metaspace": {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "</s>"}, "llama3": {"bos_token": "<|begin_of_text|>", "eos_token": "<|eot_id|>"},
    "qwen": {"eos_token": "<|im_end|>", "pad_token": "<|endoftext|>"}, "smollm2": {"bos_token": "<|im_start|>", "eos_token": "<|im_end|>", "pad_token": "<|im_end|>"},
}


def chat(*turns):
    names = {"s": "system", "u": "user", "a": "assistant", "t": "tool"}
    return [{"role": names[turn[0]], "content": turn[2:]} for turn in turns]


CHATS = [
    chat("u:Hello"), chat("s:Be brief.", "u:Hello"), chat("u:Hello", "a:Hi there."), chat("s:Be brief.", "u:Hello", "a:Hi."),
    chat("u:the cat sat", "a:on the mat", "u:why?", "a:it's 10 o'clock"), chat("s:You are a helpful assistant.", "u:one", "a:two", "u:three", "a:four", "u:five"),
    chat("u:  spaces around  ", "a:\n\nlines around\n"), chat("s: padded system \n", "u:日本語 café", "a:😀 e\u0301\u0323"), chat("u:", "a:"), chat("u:x", "a: leading"),
    chat("u:question", "a:<think>\nlong thought\n</think>\n\nanswer", "u:again", "a:<think>other</think>done"), chat("a:first", "u:second"), chat("u:one", "u:two"),
    chat("s:only system"), chat("u:use it", "a:calling", "t:42", "t:43", "a:done"), chat("u:<tool_response>x</tool_response>", "a:y"), chat("s:a", "s:b", "u:c", "a:d"),
    chat("u:'quoted' \"double\" \\n {{ not }} {% a %} {# tag #}", "a:<b>&amp;</b>"), chat("u:\t\ttabs\x0b\x0c\x1c\u00a0\u2003", "a:\u200bzero\u0000"), chat("u:line\r\nbreaks\rold", "a:ok"),
]

PIECES = [
    "{{ 1 + 2 * 3 - 4 // 3 }} {{ 7 % 3 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 7 / 2 }} {{ 6 / 2 }} {{ 1.5 * 2 }} {{ 2.0 }} {{ 1e20 }} {{ 0.1 + 0.2 }}", "{{ 'a' 'b' \"c\" }}", "{{ 'a' ~ 1 ~ none ~ true ~ 1.5 ~ [1, 'x'] }}",
    "{{ none }}|{{ true }}|{{ false }}|{{ nothing }}|{{ [] }}|{{ {} }}|{{ [1, 'a', none, true, 2.5] }}|{{ {'a': 1, 'b': [2]} }}|{{ (1,) }}|{{ (1, 2) }}|{{ () }}", "{{ 'it\\'s' }} {{ ['it\\'s', 'a\"b', 'both\\'\"', 'n\\n\\t\\\\', '\\u00e9\\x41\\q'] }}",
    "{% if 0 %}a{% elif '' %}b{% elif [] %}c{% elif none %}d{% elif {} %}e{% elif nothing %}f{% else %}g{% endif %}", "{{ 1 if true }}|{{ 1 if false }}|{{ 1 if false else 2 }}|{{ 1 if 0 else 2 if 0 else 3 }}", "{{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 1 == 1.0 }} {{ true == 1 }} {{ 'a' < 'b' }} {{ 'a' == 1 }} {{ [1] == [1] }} {{ (1,) == [1] }}",
    "{{ 'a' in 'cat' }} {{ 2 in [1, 2] }} {{ 'k' in {'k': 1} }} {{ 'x' not in 'cat' }} {{ not 'a' in 'cat' }} {{ 1 in nothing }}", "{{ not true and false }} {{ not (true and false) }} {{ 1 or 2 }} {{ 0 or 2 }} {{ 1 and 2 }} {{ '' or 'x' }} {{ 0 and 1 }}",
    "{{ [1,2,3,4,5][1:3] }}{{ [1,2,3,4,5][::-1] }}{{ [1,2,3,4,5][::2] }}{{ [1,2,3,4,5][-2:] }}{{ [1,2,3][5:] }}{{ [1,2,3][:-1] }}{{ [1,2,3][-1] }}{{ [1,2,3][2:0:-1] }}{{ [1,2,3][9] }}", "{{ 'hello'[1:3] }}{{ 'hello'[::-1] }}{{ 'hello'[-1] }}{{ 'hello'[0] }}{{ 'hello'[-3:] }}{{ 'h😀llo'[1] }}{{ 'h😀llo'[1:3] }}{{ 'hello'[:99] }}{{ 'hello'[::2] }}",
    "{{ 'h😀llo'|length }} {{ [1,2]|length }} {{ {'a':1}|length }} {{ nothing|length }} {{ 'abc'|count }}", "{% for x in [1,2,3] %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.previtem }}{{ loop.nextitem }}{{ loop.depth }};{% endfor %}",
    "{% for x in [] %}a{% else %}none{% endfor %}{% for x in nothing %}a{% else %}none{% endfor %}", "{% for x in range(6) if x % 2 %}{{ loop.index }}:{{ x }} {% endfor %}{% for x in range(2, 8, 3) %}{{ x }}{% endfor %}{% for x in range(3, 0, -1) %}{{ x }}{% endfor %}",
    "{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}={{ v }};{% endfor %}{% for k in {'a': 1} %}{{ k }}{% endfor %}{% for k, v in {'b': 1, 'A': 2}|dictsort %}{{ k }}{{ v }}{% endfor %}{% for k, v in {'z': 1}|items %}{{ k }}{{ v }}{% endfor %}", "{% for c in 'a😀b' %}[{{ c }}]{% endfor %}",
    "{% for x in [1,2,3,4] %}{% if x == 2 %}{% continue %}{% endif %}{% if x == 4 %}{% break %}{% endif %}{{ x }}{% endfor %}", "{% for x in [1,2] %}{% for y in [3,4] %}{{ loop.index }}{{ loop.depth }}{% endfor %}{{ loop.index }}{% endfor %}", "{% for x in [1,1,2] %}{{ loop.cycle('a', 'b') }}{{ loop.changed(x) }}{% endfor %}",
    "{% set x = 1 %}{% for y in [1,2] %}{{ x }}{% set x = x + 1 %}{{ x }}{% endfor %}{{ x }}", "{% set ns = namespace(n=0, s='') %}{% for y in [1,2,3] %}{% set ns.n = ns.n + y %}{% set ns.s = ns.s ~ y %}{% endfor %}{{ ns.n }}{{ ns.s }}{{ ns.other }}", "{% set a, b = 1, 2 %}{{ a }}{{ b }}{% set c = (3, 4) %}{{ c }}{% set d %}block {{ a }}{% endset %}{{ d }}{{ d|length }}",
    "{% if true %}{% set x = 5 %}{% endif %}{{ x }}", "{% macro m(a, b='d', c=none) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(1) }}|{{ m(1, 2) }}|{{ m(1, c=3) }}|{{ m() }}|{{ m(b='x', a='y') }}", "{% macro fact(n) %}{% if n < 2 %}1{% else %}{{ n * (fact(n - 1) | int) }}{% endif %}{% endmacro %}{{ fact(5) }}", "{% set outer = 'o' %}{% macro m() %}{{ outer }}{% set outer = 'i' %}{{ outer }}{% endmacro %}{{ m() }}{{ outer }}",
    "{{ '  x '|trim }}|{{ 'xxaxx'|trim('x') }}|{{ '\\x1c a\\u00a0\\u2003'|trim }}|{{ 5|trim }}", "{{ 'aBc dEf'|upper }}{{ 'aBc'|lower }}{{ 'aBc dEf g-h'|title }}{{ 'aBc'|capitalize }}{{ 'éÀß'|lower }}", "{{ [1,'a',none]|join }}{{ [1,2]|join(', ') }}{{ 'abc'|join('-') }}{{ [{'n':'x'},{'n':'y'}]|join('+', attribute='n') }}{{ [1,2]|join(d='/') }}",
    "{{ nothing|default('d') }}{{ ''|default('d') }}{{ ''|default('d', true) }}{{ none|default('d') }}{{ x.y|default('z') if x is defined else 'u' }}{{ nothing|d }}", "{{ 'a-b-a'|replace('a', 'x') }}{{ 'aaa'|replace('a', 'b', 2) }}", "{{ [3,1,2]|first }}{{ [3,1,2]|last }}{{ 'abc'|first }}{{ []|first }}{{ [3,1,2]|sort }}{{ [3,1,2]|sort(reverse=true) }}{{ ['b','A','c']|sort }}{{ ['b','A']|sort(case_sensitive=true) }}{{ [1,2]|reverse|list }}{{ 'abc'|reverse }}{{ 'abc'|list }}",
    "{{ '12'|int }}{{ 'x'|int }}{{ 'x'|int(7) }}{{ 3.9|int }}{{ '3.9'|int }}{{ '1.5'|float }}{{ 'x'|float }}{{ -5|abs }}{{ 2.5|round }}{{ 2.567|round(2) }}{{ [1,2,3]|sum }}{{ [3,1]|min }}{{ [3,1]|max }}", "{{ 5|string ~ '1' }}{{ none|string }}{{ [1]|string }}", "{{ 'a\\nb\\n\\nc'|indent }}|{{ 'a\\nb'|indent(2, true) }}|{{ 'a\\n\\nb'|indent(1, blank=true) }}",
    "{{ {'a': 'é\"\\n<&>', 'b': [1, 2.5, none, true], 'c': {}, 'd': []}|tojson }}", "{{ {'a': {'b': [1, {'c': 2}]}, 'e': []}|tojson(indent=2) }}", "{{ 'x\\u2028\\x7f\\x01'|tojson }}{{ 1.0|tojson }}{{ [1,2]|tojson(separators=(',', ':')) }}", "{{ [{'r':'u','c':1},{'r':'a','c':2}]|selectattr('r', 'equalto', 'a')|map(attribute='c')|list }}{{ [{'r':'u'},{}]|rejectattr('r')|list|length }}{{ [1,2,3]|select('odd')|list }}{{ [0,1,'']|select|list }}{{ [1,2]|reject('==', 1)|list }}{{ ['a','b']|map('upper')|join }}{{ [{}]|map(attribute='x', default='d')|list }}",
    "{{ x is defined }}{{ x is undefined }}{{ none is none }}{{ 'a' is string }}{{ 1 is string }}{{ {} is mapping }}{{ [] is mapping }}{{ [] is iterable }}{{ 1 is iterable }}{{ 'a' is iterable }}{{ [] is sequence }}{{ 1 is number }}{{ true is number }}{{ 1 is integer }}{{ true is integer }}{{ 1.5 is float }}{{ true is boolean }}{{ 1 is boolean }}{{ true is true }}{{ 1 is true }}{{ false is false }}",
    "{{ 3 is odd }}{{ 4 is even }}{{ 6 is divisibleby 3 }}{{ 6 is divisibleby(4) }}{{ 1 is eq 1 }}{{ 1 is ne(1) }}{{ 1 is lt 2 }}{{ 'a' is in ['a'] }}{{ 'a' is not in ['a'] }}{{ x is not defined }}{{ not x is defined }}{{ none is not none }}{{ 1 is sameas 1 }}{{ 'abc' is lower }}{{ 'ABC' is upper }}", "{{ x is defined and x is string or true }}",
    "{{ ' a b '.strip() }}|{{ 'xax'.strip('x') }}|{{ ' a '.lstrip() }}|{{ ' a '.rstrip() }}|{{ 'a,b,,c'.split(',') }}|{{ ' a  b '.split() }}|{{ 'a b c'.split(' ', 1) }}|{{ 'a b c'.split(None, 1) if None is defined else '' }}|{{ 'a-b-c'.rsplit('-', 1) }}|{{ 'a'.split('x') }}|{{ ''.split(',') }}|{{ ''.split() }}",
    "{{ 'abc'.startswith('ab') }}{{ 'abc'.endswith('bc') }}{{ 'abc'.startswith(('x', 'a')) }}{{ 'a\\nb\\r\\nc\\n'.splitlines() }}{{ 'abc'.replace('b', 'x') }}{{ 'aXb'.upper() }}{{ 'aXb'.lower() }}{{ 'ab cd'.title() }}{{ 'abcb'.find('b') }}{{ 'abcb'.rfind('b') }}{{ 'abc'.find('z') }}{{ 'abab'.count('ab') }}{{ '-'.join(['a', 'b']) }}{{ 'abc'.removeprefix('a') }}{{ 'abc'.removesuffix('c') }}{{ '12'.isdigit() }}{{ 'hELLO'.capitalize() }}",
    "{{ {'a': 1}.get('a') }}{{ {'a': 1}.get('b') }}{{ {'a': 1}.get('b', 2) }}{{ {'a': 1}.keys()|list }}{{ {'a': 1}.values()|list }}{{ {'a': 1}['a'] }}{{ {'a': 1}.a }}{{ {'a': 1}.b }}{{ {'items': 1}['items'] }}{{ dict(a=1, b=2) }}{{ [1,2,1].count(1) }}{{ [1,2].index(2) }}",
    "  {% if true %}\n  a\n  {% endif %}\n  b\n", "a\n  {%- if true -%}  \n  b  \n  {%- endif -%}\n  c", "{{ 1 }}\n{{ 2 }}\n\n", "{{ 1 -}}  \n {{- 2 }}", "a {#- c -#} b {# d #} e\n{# f #}\ng\n   {# h #}\ni", "{%+ if true %} x {%+ endif %}\n  {%+ if true +%}\n y{% endif %}", "\n{% for x in [1,2] %}\n  {{ x }}\n{% endfor %}\nend\n\n", "x{% raw %}{{ a }} {% b %}{% endraw %}y", "x {%- raw -%} {{ a }} {%- endraw -%} y", "a\r\nb\rc\n", "   {{ 1 }}   {% set x = 1 %}   \n   z",
    "{{ {'a': {'b': 1}}['a']['b'] }}{{ {'a': {'b': 1}}.a.b }}{{ [[1,2],[3]][0][1] }}{{ {'x': {}}.x.y }}", "{{ messages[0].nothing }}{{ messages[0]['role'] }}{{ messages[-1].content }}{{ messages|length }}{{ messages[5] }}{{ messages | map(attribute='role') | join(',') }}",
    "{{ (1 + 2) * 3 }}{{ - 3 + 1 }}{{ -3|abs }}{{ 'a' + 'b' }}{{ [1] + [2] }}{{ 'ab' * 3 }}{{ 1 + true }}{{ 2 ~ 3 }}{{ 2 * 3 ~ 4 }}", "{{ 1 + 2 ~ 3 + 4 }}", "{% set x = 'a' if false else 'b' %}{{ x }}{% set y = [1, 2,] %}{{ y }}{% set z = {'a': 1,} %}{{ z }}", "{{ '%' }}{{ '{{' }}{{ '}}' }}{{ '%}' }}{{ \"it's\" }}", "{{ strftime_now('%d %b %Y %H:%M:%S %B %A %a %y %j %p %I %m %%') }}", "{{ tools is none }}{{ tools is defined }}{{ documents is defined }}{{ bos_token }}{{ eos_token is defined }}",
    "{% generation %}x{% endgeneration %}y", "{{ range(3)|list }}{{ range(0)|list }}{{ (1, 2)[0] }}{% for a, b in [(1, 2), [3, 4]] %}{{ a }}{{ b }}{% endfor %}", "{{ true and 'yes' or 'no' }}{{ 5 > 3 and 2 >= 2 and 1 <= 1 and 0 != 1 }}", "{{ 'a\tb' }}{{ 'a\nb' }}", "{% set x = namespace(a=1) %}{% set x.a = 2 %}{{ x.a }}{{ x['a'] }}", "{{ 'abc'[1] ~ 'abc'[-1] }}{{ ''|first }}{{ 'ñ' is string }}{{ 1000000 * 1000000 }}{{ 10 // 0.3 }}",
    # what must fail, with transformers and here
    "{{ nothing.x }}", "{{ nothing() }}", "{{ 1 + 'a' }}", "{{ 'a' + none }}", "{{ 'a' + 1 }}", "{{ 1 / 0 }}", "{{ [1] < ['a'] }}", "{% for x in 5 %}{% endfor %}", "{{ raise_exception('no ' ~ 'way') }}", "{{ nothing + 1 }}", "{{ none|length }}", "{{ messages.append(1) }}", "{% if %}x{% endif %}", "{% endif %}", "{% for x in y %}", "{{ 1 + }}", "{{ 'open }}", "{{ (1 }}", "{% unknown %}", "{{ x|unknown }}", "{{ x is unknown }}", "{{ 'a'.nothing() }}", "{{ 1 2 }}", "{% set 5 = 1 %}", "{% break %}", "{{ 'a' in 5 }}", "{% for a, b in [1] %}{% endfor %}", "{{ 'abc'.split('') }}", "{% set ns = 1 %}{% set ns.x = 2 %}", "{{ none.x.y }}", "{{ range(1000000)|length }}",
]


def render(jinja, messages, generate, special):
    try:
        return {"text": chat_template_utils.render_jinja_template([messages], chat_template=jinja, add_generation_prompt=generate, **special)[0][0]}
    except Exception as fault:
        return {"fault": str(fault)}


def marked(jinja, messages, special):
    try:
        texts, spans = chat_template_utils.render_jinja_template([messages], chat_template=jinja, add_generation_prompt=False, return_assistant_tokens_mask=True, **special)
        return spans[0]
    except Exception:
        return None


def main(directory):
    families = json.loads(gzip.open(f"{directory}/families.json.gz").read())["families"]
    result = []
    for name, (jinja, family) in TEMPLATES.items():
        tokenizer = Tokenizer.from_str(json.dumps(families[family]["tokenizer"]))
        cases = []
        for index in range(len(CHATS)):
            for generate in (False, True):
                case = {"chat": index, "generate": generate, **render(jinja, CHATS[index], generate, SPECIAL[family])}
                if "text" in case:
                    case["ids"] = tokenizer.encode(case["text"], add_special_tokens=False).ids
                if name == "generation" and not generate:
                    case["spans"] = marked(jinja, CHATS[index], SPECIAL[family])
                cases.append(case)
        result.append({"name": name, "family": family, "jinja": jinja, "special": SPECIAL[family], "cases": cases})
    pieces = [{"jinja": piece, **render(piece, CHATS[3], True, {"bos_token": "<s>"})} for piece in PIECES]
    value = {"made": "transformers 5.12.1, jinja2 3.1.6", "now": NOW.isoformat(), "chats": CHATS, "templates": result, "pieces": pieces}
    with open(f"{directory}/templates.json.gz", "wb") as file:
        file.write(gzip.compress(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode(), 9, mtime=0))


if __name__ == "__main__":
    main(sys.argv[1])
