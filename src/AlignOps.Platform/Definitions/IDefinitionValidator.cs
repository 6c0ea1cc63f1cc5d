namespace AlignOps.Platform.Definitions;

/// <summary>Checks a whole pipeline.yaml against the sections that the services registered.</summary>
public interface IDefinitionValidator
{
    /// <summary>Every fault in the order of the file, each with its line and column; none when the definition is sound.</summary>
    /// <param name="ownKeys">Top-level keys that are no service's section, such as <c>pipeline</c> and <c>description</c>.</param>
    /// <param name="directory">The definition's folder, whose files are looked into; null where there is none.</param>
    IReadOnlyList<SectionFault> Validate(string yaml, IReadOnlyCollection<string> ownKeys, string? directory = null);
}
