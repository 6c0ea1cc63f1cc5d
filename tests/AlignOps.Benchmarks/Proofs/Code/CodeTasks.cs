namespace AlignOps.Benchmarks.Proofs.Code;

/// <summary>Small programming tasks with a solution each: of input and output, and of asserts.</summary>
internal static class CodeTasks
{
    public static readonly IReadOnlyList<CodeProblem> All =
    [
        new("sum", "Read two whole numbers from one line and print their sum.", "print(sum(map(int, input().split())))", [("2 3\n", "5"), ("-4 10\n", "6"), ("0 0\n", "0")]),
        new("reverse-words", "Read a line and print its words in reverse order.", "print(*input().split()[::-1])", [("a b c\n", "c b a"), ("one\n", "one")]),
        new("primes", "Read n and print how many primes there are below n.",
            "n = int(input())\nprint(sum(all(i % d for d in range(2, int(i ** 0.5) + 1)) for i in range(2, n)))", [("10\n", "4"), ("100\n", "25"), ("2\n", "0")]),
        new("gcd", "Read two numbers and print their greatest common divisor.", "import math\nprint(math.gcd(*map(int, input().split())))", [("12 18\n", "6"), ("7 13\n", "1")]),
        new("brackets", "Read a line of brackets ()[]{} and print yes if they are balanced, else no.",
            "pairs = {')': '(', ']': '[', '}': '{'}\nopen_ones = []\nright = True\nfor c in input():\n    if c in '([{':\n        open_ones.append(c)\n    elif not open_ones or open_ones.pop() != pairs[c]:\n        right = False\nprint('yes' if right and not open_ones else 'no')",
            [("([]{})\n", "yes"), ("([)]\n", "no"), ("(\n", "no")]),
        new("fizz", "Read n; for every number from 1 to n print Fizz, Buzz, FizzBuzz or the number.",
            "for i in range(1, int(input()) + 1):\n    print('FizzBuzz' if i % 15 == 0 else 'Fizz' if i % 3 == 0 else 'Buzz' if i % 5 == 0 else i)", [("5\n", "1\n2\nFizz\n4\nBuzz"), ("1\n", "1")]),
        new("count", "Read all lines and print how many words there are.", "import sys\nprint(len(sys.stdin.read().split()))", [("a b\nc\n", "3"), ("", "0")]),
        new("transpose", "Read rows of numbers and print the transposed matrix.", "import sys\nfor row in zip(*(line.split() for line in sys.stdin)):\n    print(*row)", [("1 2\n3 4\n", "1 3\n2 4"), ("1 2 3\n", "1\n2\n3")]),
        new("add", "Write add(a, b).", "def add(a, b):\n    return a + b", "assert add(2, 3) == 5\nassert add('a', 'b') == 'ab'"),
        new("palindrome", "Write is_palindrome(text), which looks at letters only.", "def is_palindrome(text):\n    letters = [c.lower() for c in text if c.isalpha()]\n    return letters == letters[::-1]",
            "assert is_palindrome('A man, a plan, a canal: Panama')\nassert not is_palindrome('ab')"),
        new("roman", "Write roman(n) for 1 to 3999.",
            "def roman(n):\n    text = ''\n    for value, sign in [(1000, 'M'), (900, 'CM'), (500, 'D'), (400, 'CD'), (100, 'C'), (90, 'XC'), (50, 'L'), (40, 'XL'), (10, 'X'), (9, 'IX'), (5, 'V'), (4, 'IV'), (1, 'I')]:\n        text += sign * (n // value)\n        n %= value\n    return text",
            "assert roman(1994) == 'MCMXCIV'\nassert roman(4) == 'IV'"),
        new("merge", "Write merge(intervals), which joins those that overlap.",
            "def merge(intervals):\n    joined = []\n    for start, end in sorted(intervals):\n        if joined and start <= joined[-1][1]:\n            joined[-1][1] = max(joined[-1][1], end)\n        else:\n            joined.append([start, end])\n    return joined",
            "assert merge([[1, 3], [2, 6], [8, 10]]) == [[1, 6], [8, 10]]\nassert merge([]) == []"),
    ];
}
