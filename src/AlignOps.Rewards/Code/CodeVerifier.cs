using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Data;
using AlignOps.Rewards.Sandbox;

namespace AlignOps.Rewards.Code;

/// <summary>
/// <c>code</c>: runs the answer's program in a sandbox against the tests of <c>expect.code</c> (<see cref="CodeTask"/>). The score is the share of tests that pass; the note says
/// how the first other one ended. Where the sandbox cannot be had, or an item is at fault, the answer is unscored: that is no failure of the model's.
/// </summary>
public sealed class CodeVerifier : IVerifier
{
    private const int MostKept = 10_000;

    /// <summary>An answer is scored, and compared in both orders with others: it runs once.</summary>
    private readonly ConcurrentDictionary<string, Verification> _known;

    private readonly ISandbox _sandbox;
    private readonly Lazy<string> _digest;

    public CodeVerifier(ISandbox sandbox, CodeSettings settings) : this(sandbox, settings, new(StringComparer.Ordinal))
    {
    }

    private CodeVerifier(ISandbox sandbox, CodeSettings settings, ConcurrentDictionary<string, Verification> known)
    {
        (_sandbox, Settings, _known) = (sandbox, settings, known);
        _digest = new(() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Identity(settings)))));
    }

    public string Name => "code";

    public CodeSettings Settings { get; }

    /// <summary>Of the settings, the interpreters' own bytes and the script; another Python is another judge.</summary>
    public string Digest => _digest.Value;

    public IReadOnlyList<string>? Guards => _sandbox.Protection.Guards;

    /// <summary>The same with a pipeline's own interpreters and limits.</summary>
    public CodeVerifier With(CodeSettings own) => new(_sandbox, own, _known);

    /// <summary>What is wrong with an item's <c>code</c> object; null where nothing is.</summary>
    public static string? FaultOf(JsonElement code) => CodeTask.Read(code).Fault;

    public Verification Verify(IReadOnlyList<ChatMessage> prompt, string answer) => Verify(prompt, answer, null);

    public Verification Verify(IReadOnlyList<ChatMessage> prompt, string answer, JsonElement? expect)
    {
        if (expect is not { ValueKind: JsonValueKind.Object } expected || !expected.TryGetProperty("code", out var code)) return Verification.Unscored("The item has no expect.code.");
        var (task, fault) = CodeTask.Read(code);
        if (task is null) return Verification.Unscored($"The item's {fault}");
        if (!Settings.Interpreters.ContainsKey(task.Language))
        {
            return Verification.Unscored($"No interpreter is named for {task.Language}; there are {string.Join(", ", Settings.Interpreters.Keys.Order(StringComparer.Ordinal))}.");
        }

        if (AnswerCode.Of(answer, task.Language) is not { } program) return Found(0, CodeState.NoCode, "the answer holds no program");

        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Digest}\n{code.GetRawText()}\n{program}")));
        if (_known.TryGetValue(key, out var known)) return known;

        var found = Judge(task, new CodeRunner(_sandbox, Settings).RunAsync(task, program, CancellationToken.None).GetAwaiter().GetResult());
        if (_known.Count >= MostKept) _known.Clear();
        if (found.Score is not null) _known[key] = found;
        return found;
    }

    private static Verification Judge(CodeTask task, IReadOnlyList<CodeState> states)
    {
        if (states.FirstOrDefault(state => state.IsUnavailable) is { } unavailable) return Verification.Unscored($"{unavailable.Name}: {unavailable.Sentence}");

        var tests = task.Tests.Count + (task.Asserts is null ? 0 : 1);
        var passed = states.Count(state => state.Name == CodeState.Passed);
        var other = states.Select((state, i) => (State: state, Number: i + 1)).FirstOrDefault(one => one.State.Name != CodeState.Passed);
        return other.State is null
            ? Found(1, CodeState.Passed, string.Create(CultureInfo.InvariantCulture, $"all {tests} tests"))
            : Found((double)passed / tests, other.State.Name, string.Create(CultureInfo.InvariantCulture, $"test {other.Number} of {tests} {other.State.Sentence}"));
    }

    private static Verification Found(double score, string state, string sentence) =>
        new(score, new Dictionary<string, bool> { ["tests-pass"] = state == CodeState.Passed }) { Note = $"{state}: {sentence}" };

    private static string Identity(CodeSettings settings)
    {
        var interpreters = settings.Interpreters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value} {Bytes(pair.Value)}");
        return $"code 1\n{CodeRunner.Version}\n{settings.Limits}\n{string.Join('\n', interpreters)}";
    }

    private static string Bytes(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "not there";
        }
    }
}
