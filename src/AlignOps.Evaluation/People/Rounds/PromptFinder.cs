using AlignOps.Contracts.Evidence;
using AlignOps.Data;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Suites;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Definitions;

namespace AlignOps.Evaluation.People.Rounds;

/// <summary>Whole prompts, which the suites' files hold; the evidence has the last turn of each alone.</summary>
internal sealed class PromptFinder(IPipelineDefinitions definitions)
{
    /// <returns>By suite and question. What cannot be read any more is not there.</returns>
    public async Task<IReadOnlyDictionary<(string Suite, string Id), IReadOnlyList<ChatMessage>>> ReadAsync(string definitionDigest, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(string, string), IReadOnlyList<ChatMessage>>();
        try
        {
            var section = await definitions.SectionAsync<EvaluationSection>(definitionDigest, cancellationToken);
            var directory = await definitions.DirectoryAsync(definitionDigest, cancellationToken);
            foreach (var suite in section.Suites.Where(suite => !EvaluationSectionDefinition.LeavesFolder(suite.File) && File.Exists(Path.Combine(directory, suite.File))))
            {
                foreach (var item in SuiteReader.Read(await File.ReadAllBytesAsync(Path.Combine(directory, suite.File), cancellationToken)).Items)
                {
                    found.TryAdd((suite.Name, item.Id), item.Prompt);
                }
            }
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or BlobMissingException)
        {
            return found;
        }

        return found;
    }

    public static IReadOnlyList<ChatMessage> Of(EvidenceItem item, IReadOnlyDictionary<(string Suite, string Id), IReadOnlyList<ChatMessage>> prompts) =>
        prompts.GetValueOrDefault((item.Suite, item.Id)) ?? [new ChatMessage("user", item.Question)];
}
