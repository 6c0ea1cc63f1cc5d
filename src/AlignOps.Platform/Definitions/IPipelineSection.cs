namespace AlignOps.Platform.Definitions;

/// <summary>
/// One top-level key of pipeline.yaml and the record it is read into. A service registers its own; Pipelines composes and validates them all.
/// </summary>
/// <typeparam name="T">A record with defaults on its properties; keys in YAML are snake_case.</typeparam>
public interface IPipelineSection<T> where T : class, new()
{
    /// <summary>The key in pipeline.yaml, such as <c>training</c>.</summary>
    string Key { get; }

    /// <summary>Every fault of a section, as (key path, sentence with remedy); none when it is sound.</summary>
    IEnumerable<SectionFault> Validate(T section);

    /// <summary>What is wrong with the files that a sound section names; a file that is not there is others' affair.</summary>
    /// <param name="directory">The definition's folder.</param>
    IEnumerable<SectionFault> ValidateFiles(T section, string directory) => [];

    /// <summary>What a sound section asks of lists in other sections.</summary>
    IEnumerable<SectionNeed> Needs(T section) => [];
}
