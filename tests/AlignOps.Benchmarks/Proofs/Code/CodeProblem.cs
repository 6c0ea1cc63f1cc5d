using System.Text.Json;

namespace AlignOps.Benchmarks.Proofs.Code;

/// <summary>A task as a row of a benchmark of format <c>code</c>, and a right answer to it.</summary>
internal sealed record CodeProblem(string Id, string Prompt, string Solution, IReadOnlyList<(string Input, string Output)> Tests, string? Asserts = null)
{
    public CodeProblem(string id, string prompt, string solution, string asserts) : this(id, prompt, solution, [], asserts)
    {
    }

    public string Row(string? id = null)
    {
        var code = new Dictionary<string, object> { ["language"] = "python3" };
        if (Tests.Count > 0) code["tests"] = Tests.Select(test => new { stdin = test.Input, stdout = test.Output });
        if (Asserts is not null) code["asserts"] = Asserts;
        return JsonSerializer.Serialize(new { id = id ?? Id, prompt = Prompt, code });
    }
}
