using System.Text.Json;
using AlignOps.Data.Content;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Live;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Evaluation.Qualification.Examinations;

/// <summary>Takes wishes to examine a judge: reads the labelled set whole before a single question is asked, and queues the work.</summary>
internal sealed class ExaminationDesk(IPipelineDefinitions definitions, JudgeOpener opener, IDatabase database, IBlobStore blobs, IJobQueue jobs, TimeProvider time)
{
    private const int FaultsNamed = 5;

    /// <summary>The pipeline's definition as it stands now; null where there is no such pipeline.</summary>
    public async Task<string?> DefinitionOfAsync(string pipeline, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
            "select definition_digest from pipelines_v_definitions where pipeline = @pipeline", new { pipeline }, cancellationToken: cancellationToken));
    }

    /// <param name="labels">The labelled set's file; empty: the definition's own.</param>
    /// <returns>The examination, the one under way of the same judge and labels if there is one, or why there is none.</returns>
    public async Task<(JudgeExamination? Examination, ExaminationRefusal? Refusal)> AskAsync(string pipeline, string name, Stream labels, string caller, CancellationToken cancellationToken)
    {
        if (await DefinitionOfAsync(pipeline, cancellationToken) is not { } definition) return (null, new("unknown-pipeline", $"There is no pipeline {pipeline}."));
        var section = await definitions.SectionAsync<EvaluationSection>(definition, cancellationToken);
        if (section.Judges.FirstOrDefault(one => one.Name == name) is not { } judge)
        {
            var known = section.Judges.Count == 0 ? "it has none" : $"it has {string.Join(", ", section.Judges.Select(one => one.Name))}";
            return (null, new("unknown-judge", $"Pipeline {pipeline} has no judge {name} in evaluation.judges; {known}. Verifiers and held-out feedback need no examination."));
        }

        var blob = await StoreAsync(labels, judge, await definitions.DirectoryAsync(definition, cancellationToken), cancellationToken);
        if (blob is null) return (null, new("no-labels", $"No labelled set is given: send one, or name it in evaluation.judges of {name} as qualification.labels."));
        var (pairs, digest, fault) = await ReadAsync(blob, cancellationToken);
        if (fault is not null) return (null, new("labels-invalid", fault));

        var examination = new JudgeExamination
        {
            ExaminationId = "x-" + Guid.NewGuid().ToString("N")[..16],
            Pipeline = pipeline,
            DefinitionDigest = definition,
            Judge = name,
            Model = judge.Who,
            JudgeDigest = await opener.DigestAsync(judge, cancellationToken),
            LabelsBlob = blob,
            LabelsDigest = digest,
            Pairs = pairs,
            State = JudgeExamination.Asked,
            AskedBy = caller,
            At = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        return (await database.WriteAsync((work, token) => AddAsync(work, examination, token), cancellationToken), null);
    }

    private async Task<JudgeExamination> AddAsync(IUnitOfWork work, JudgeExamination examination, CancellationToken cancellationToken)
    {
        await work.TakeTurnAsync("evaluation.examinations", cancellationToken);
        if (await ExaminationStore.UnderWayAsync(work, examination, cancellationToken) is { } there) return there;
        await ExaminationStore.AddAsync(work, examination, cancellationToken);
        var payload = JsonSerializer.Serialize(new ExamineJudge(examination.ExaminationId, examination.Pipeline, examination.DefinitionDigest, examination.Judge, examination.LabelsBlob));
        await jobs.EnqueueAsync(work, ExamineJob.JobKind, examination.ExaminationId, examination.ExaminationId, payload, cancellationToken);
        return examination;
    }

    private async Task<string?> StoreAsync(Stream labels, JudgeSection judge, string directory, CancellationToken cancellationToken)
    {
        using var given = new MemoryStream();
        await labels.CopyToAsync(given, cancellationToken);
        given.Position = 0;
        if (given.Length > 0) return await blobs.PutAsync(given, cancellationToken);
        if (judge.Qualification.Labels is not { } file || !File.Exists(Path.Combine(directory, file))) return null;
        await using var own = File.OpenRead(Path.Combine(directory, file));
        return await blobs.PutAsync(own, cancellationToken);
    }

    private async Task<(int Pairs, string Digest, string? Fault)> ReadAsync(string blob, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await blobs.OpenAsync(blob, cancellationToken);
            var (pairs, digest, faults) = await LabelledPairs.ReadAsync(content, cancellationToken);
            return faults.Count > 0
                ? (0, digest, $"{faults.Count} faults make this another set than the one that people labelled: {string.Join(" ", faults.Take(FaultsNamed))}{(faults.Count > FaultsNamed ? " …" : "")}")
                : pairs.Count == 0 ? (0, digest, "The labelled set is empty.") : (pairs.Count, digest, null);
        }
        catch (ContentException fault)
        {
            return (0, "", fault.Message);
        }
    }
}
