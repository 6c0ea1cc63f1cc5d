using AlignOps.Platform.Definitions;

namespace AlignOps.Tests.Pipelines.Compliance;

/// <summary>As much of other services' sections as the loop itself looks at.</summary>
internal static class TestSections
{
    internal sealed record Synthesis
    {
        public string Method { get; init; } = "none";
    }

    internal sealed record Training
    {
        public string Start { get; init; } = "champion";
    }

    internal sealed record Suite(string Name, string File);

    internal sealed record Evaluation
    {
        public IReadOnlyList<Suite> Suites { get; init; } = [];
    }

    internal sealed class Rules<T>(string key) : IPipelineSection<T> where T : class, new()
    {
        public string Key => key;

        public IEnumerable<SectionFault> Validate(T section) => [];
    }
}
