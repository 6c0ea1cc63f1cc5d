using System.Security.Cryptography;
using AlignOps.Rewards.Sandbox;

namespace AlignOps.Rewards.Code;

/// <summary>Runs a program against a task's tests.</summary>
internal sealed class CodeRunner(ISandbox sandbox, CodeSettings settings)
{
    /// <summary>
    /// Reads the asserts from its input and not from a file, and says at the end a word that the answer's code does not have before: a program that ends early, with whatever
    /// exit code, has passed nothing. Code and asserts are of one process all the same, and code made to deceive this script could; tests of input and output have no such gap.
    /// </summary>
    private const string AssertScript = """
        import os, sys
        def run():
            word, asserts = sys.stdin.readline().strip(), sys.stdin.read()
            sys.stdin = open(os.devnull)
            with open("/job/answer", encoding="utf-8") as file:
                answer = file.read()
            scope = {"__name__": "answer"}
            exec(compile(answer, "answer", "exec"), scope)
            exec(compile(asserts, "asserts", "exec"), scope)
            sys.stdout.flush()
            os.write(1, ("\n" + word + "\n").encode())
        run()
        """;

    /// <summary>Part of a judgment's identity.</summary>
    public const string Version = "tests by output, trailing space ignored; asserts by word 1\n" + AssertScript;

    /// <summary>A state a test, the asserts last. A test that met a limit is the last that is run.</summary>
    public async Task<IReadOnlyList<CodeState>> RunAsync(CodeTask task, string code, CancellationToken cancellationToken)
    {
        List<CodeState> states = [];
        foreach (var (input, output) in task.Tests)
        {
            var program = Program(task, ["/job/answer"], new Dictionary<string, string> { ["answer"] = task.Before + code }, input);
            states.Add(CodeState.Of(await sandbox.RunAsync(program, settings.Limits, cancellationToken), result => SameLines(result.Output, output)));
            if (states[^1].Ends) return states;
        }

        if (task.Asserts is { } asserts)
        {
            var word = RandomNumberGenerator.GetHexString(32);
            var program = Program(task, ["/job/main"], new Dictionary<string, string> { ["main"] = AssertScript, ["answer"] = task.Before + code }, $"{word}\n{asserts}\n");
            var state = CodeState.Of(await sandbox.RunAsync(program, settings.Limits, cancellationToken), result => result.Output.TrimEnd('\n').EndsWith("\n" + word, StringComparison.Ordinal));
            states.Add(state.Name == CodeState.WrongOutput ? state with { Name = CodeState.Failed, Sentence = "ended before its asserts did" } : state);
        }

        return states;
    }

    private SandboxProgram Program(CodeTask task, IReadOnlyList<string> arguments, Dictionary<string, string> files, string input) =>
        new(settings.Interpreters[task.Language], arguments, files, input)
        {
            Environment = new Dictionary<string, string> { ["PYTHONHASHSEED"] = "0", ["PYTHONDONTWRITEBYTECODE"] = "1" },
        };

    private static bool SameLines(string one, string other) => Lines(one).SequenceEqual(Lines(other));

    private static IEnumerable<string> Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(line => line.TrimEnd());
}
