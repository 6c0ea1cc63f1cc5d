using AlignOps.Training.Definitions.Methods;

namespace AlignOps.Host.Commands;

/// <summary>Training methods for people and for programs.</summary>
internal static class MethodView
{
    public static IEnumerable<string> List(IReadOnlyList<TrainingMethod> methods)
    {
        var width = methods.Max(method => method.Name.Length);
        return methods.Select(method => $"{method.Name.PadRight(width)}  {method.Summary}").Append("'alignops methods NAME' has its paper, formula and parameters.");
    }

    public static IEnumerable<string> Page(TrainingMethod method) =>
    [
        $"{method.Name}: {method.Title}",
        "",
        $"  {method.Summary}",
        "",
        $"  paper       {method.Paper}",
        $"  loss        {method.Formula}",
        "              s is the sum of an answer's token log-probabilities, T its tokens, r = s − s_ref, w the better answer and l the other",
        $"  learns from {string.Join(", ", method.Needs.Kinds)}",
        $"  needs       {Needs(method.Needs)}",
        "",
        method.Parameters.Count == 0 ? "  No parameters of its own." : "  Parameters below training in pipeline.yaml, or --set KEY=VALUE:",
        .. method.Parameters.SelectMany(parameter => new[] { $"    {parameter.Key}{(parameter.Default.Length > 0 ? $" = {parameter.Default}" : "")}", $"        {parameter.Summary}" }),
        "",
        $"  training: {{ method: {method.Name} }}",
        $"  mix: {{ kinds: [{string.Join(", ", method.Needs.Kinds)}] }}",
    ];

    public static IEnumerable<string> Markdown(IReadOnlyList<TrainingMethod> methods) =>
    [
        "| method | learns from | needs | loss | parameters | paper |",
        "|---|---|---|---|---|---|",
        .. methods.Select(method => $"| `{method.Name}` {Cell(method.Title)} | {string.Join(", ", method.Needs.Kinds)} | {Needs(method.Needs)} | {Cell(method.Formula)} | "
            + $"{string.Join(", ", method.Parameters.Select(parameter => $"`{parameter.Key}{(parameter.Default.Length > 0 ? $"={parameter.Default}" : "")}`"))} | {Cell(method.Paper)} |"),
    ];

    public static object Shape(TrainingMethod method) => new
    {
        method.Name,
        method.Title,
        method.Summary,
        method.Paper,
        method.Formula,
        needs = new { method.Needs.Kinds, method.Needs.Reference, method.Needs.Values },
        parameters = method.Parameters.Select(parameter => new { parameter.Key, @default = parameter.Default.Length > 0 ? parameter.Default : null, parameter.Summary }),
    };

    private static string Needs(MethodNeeds needs) => (needs.Reference, needs.Values) switch
    {
        (true, _) => "the policy that the training starts from, as reference",
        (_, true) => "a scalar head, which it trains",
        _ => "nothing beside the policy",
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
