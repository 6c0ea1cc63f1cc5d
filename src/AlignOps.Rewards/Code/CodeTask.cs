using System.Text.Json;

namespace AlignOps.Rewards.Code;

/// <summary>
/// A programming task's tests, from <c>expect.code</c>: <c>{"language": "python3", "tests": [{"stdin": "2 3\n", "stdout": "5\n"}], "asserts": "assert add(2, 3) == 5", "before": "import math"}</c>,
/// of which tests or asserts must be there. A test of input and output runs the answer as a program; asserts run in one process after the answer's definitions and are for
/// Python only.
/// </summary>
/// <param name="Before">Stands before the answer's code, such as the imports that the question showed.</param>
internal sealed record CodeTask(string Language, IReadOnlyList<(string Input, string Output)> Tests, string? Asserts, string Before)
{
    /// <summary>Null with the fault where <paramref name="code"/> is no task.</summary>
    public static (CodeTask? Task, string? Fault) Read(JsonElement code)
    {
        if (code.ValueKind != JsonValueKind.Object) return (null, "expect.code is not an object.");
        string language = "python3", before = "";
        string? asserts = null;
        List<(string, string)> tests = [];
        foreach (var property in code.EnumerateObject())
        {
            switch (property.Name)
            {
                case "language" when Text(property.Value) is { Length: > 0 } text: language = text; break;
                case "before" when Text(property.Value) is { } text: before = text; break;
                case "asserts" when Text(property.Value) is { Length: > 0 } text: asserts = text; break;
                case "tests" when property.Value.ValueKind == JsonValueKind.Array:
                    foreach (var test in property.Value.EnumerateArray())
                    {
                        if (test.ValueKind != JsonValueKind.Object || !test.TryGetProperty("stdout", out var output) || Text(output) is not { } wanted) return (null, $"expect.code.tests[{tests.Count}] has no stdout.");
                        var input = test.TryGetProperty("stdin", out var given) ? Text(given) : "";
                        if (input is null) return (null, $"expect.code.tests[{tests.Count}].stdin is not a text.");
                        tests.Add((input, wanted));
                    }

                    break;
                default: return (null, $"expect.code.{property.Name} is not known, or not of its form.");
            }
        }

        return asserts is null && tests.Count == 0 ? (null, "expect.code has neither tests nor asserts.")
            : asserts is not null && !language.StartsWith("python", StringComparison.Ordinal) ? (null, $"expect.code.asserts are for Python; for {language} give tests.")
            : (new CodeTask(language, tests, asserts, before), null);
    }

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
