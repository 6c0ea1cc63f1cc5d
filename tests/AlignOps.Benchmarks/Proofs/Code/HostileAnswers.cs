namespace AlignOps.Benchmarks.Proofs.Code;

/// <summary>Answers that are wrong, endless or mean harm, with the state that each must end in.</summary>
internal static class HostileAnswers
{
    /// <param name="secret">A file of this machine that nobody may see.</param>
    /// <param name="port">Where this process listens.</param>
    public static IReadOnlyList<(string Name, string Task, string State, string Code)> All(string secret, int port) =>
    [
        ("wrong", "sum", "wrong-output", "print(42)"),
        ("raises", "sum", "failed", "raise ValueError('no')"),
        ("does not parse", "sum", "failed", "print("),
        ("prose", "sum", "no-code", "```text\nI would add them.\n```"),
        ("leaves before the asserts", "add", "failed", "import os\nos._exit(0)"),
        ("replaces the exit", "add", "failed", "import sys\nsys.exit(0)"),
        ("loops", "sum", "timed-out", "while True:\n    pass"),
        ("sleeps", "sum", "timed-out", "import time\ntime.sleep(1000)"),
        ("ignores every signal", "sum", "timed-out", "import signal, time\nfor n in range(1, 65):\n    try:\n        signal.signal(n, signal.SIG_IGN)\n    except (OSError, ValueError):\n        pass\nwhile True:\n    time.sleep(1)"),
        ("fills the memory", "sum", "out-of-memory", "kept = []\nwhile True:\n    kept.append(b'x' * 10_000_000)"),
        ("wants all memory at once", "sum", "out-of-memory", "kept = bytearray(1 << 40)"),
        ("prints without end", "sum", "too-much-output", "while True:\n    print('y' * 1000)"),
        ("bombs with forks", "sum", "too-many-processes", "import os\nwhile True:\n    os.fork()"),
        ("bombs with threads", "sum", "too-many-processes", "import threading, time\nwhile True:\n    threading.Thread(target=time.sleep, args=(100,)).start()"),
        ("fills the disk", "sum", "too-much-disk", "i = 0\nwhile True:\n    with open(f'{i}', 'wb') as file:\n        file.write(b'x' * 4_000_000)\n    i += 1"),
        ("crashes", "sum", "crashed", "import os\nos.kill(os.getpid(), 11)"),
        ("reads the password file", "sum", "failed", "print(open('/etc/passwd').read())"),
        ("reads a file of this machine", "sum", "failed", $"print(open({Quote(secret)}).read())"),
        ("reads another's environment", "sum", "failed", "print(open('/proc/1/environ').read())"),
        ("reads through a link", "sum", "failed", $"import os\nos.symlink({Quote(secret)}, 'link')\nprint(open('link').read())"),
        ("writes outside", "sum", "failed", $"open({Quote(secret + ".written")}, 'w').write('x')"),
        ("changes the machine's Python", "sum", "failed", "import os\nopen(os.__file__, 'a').write('#')"),
        ("opens a socket", "sum", "failed", $"import socket\nsocket.create_connection(('127.0.0.1', {port}))"),
        ("leaves a daemon", "sum", "wrong-output", "import os, time\nif os.fork() == 0:\n    os.setsid()\n    os.closerange(0, 3)\n    time.sleep(1000)\nprint(42)"),
    ];

    private static string Quote(string path) => $"'{path.Replace("'", "\\'", StringComparison.Ordinal)}'";
}
