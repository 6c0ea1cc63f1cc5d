using System.Security.Cryptography;
using System.Text.Json;
using AlignOps.Contracts.Evidence;
using AlignOps.Contracts.Runs;
using AlignOps.Evaluation.People.Queue;
using AlignOps.Evaluation.People.Reports;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using Microsoft.Extensions.Logging;

namespace AlignOps.Evaluation.People.Rounds;

/// <summary>Opens a round of questions about a run, and closes it when enough is answered or its time is over.</summary>
internal sealed partial class RoundDesk(IBlobStore blobs, PromptFinder prompts, TimeProvider time, ILogger<RoundDesk> logger)
{
    /// <summary>Pairs beyond those wanted, for the ones that nobody can judge.</summary>
    private static int Spare(int wanted) => Math.Max(5, wanted / 4);

    /// <returns>The round, or null where the run has one already.</returns>
    public async Task<LabelRound?> OpenAsync(IUnitOfWork work, RoundWish wish, CancellationToken cancellationToken)
    {
        var file = EvidenceFile.Read(await blobs.ReadTextAsync(wish.EvidenceDigest, cancellationToken));
        var texts = await prompts.ReadAsync(wish.DefinitionDigest, cancellationToken);
        var order = QueueOrder.Of(file);
        var now = time.GetUtcNow();
        var round = new LabelRound
        {
            RunId = wish.RunId,
            Pipeline = wish.Pipeline,
            EvidenceDigest = wish.EvidenceDigest,
            Wanted = Math.Min(wish.Items, order.Count),
            PeopleEach = wish.PeopleEach,
            ForGate = wish.ForGate ? 1 : 0,
            State = LabelState.Open,
            AskedBy = wish.AskedBy,
            OpenedAt = now.ToUnixTimeMilliseconds(),
            ClosesAt = now.AddDays(wish.Days).ToUnixTimeMilliseconds(),
        };
        if (!await RoundStore.AddAsync(work, round, cancellationToken)) return null;

        await LabelStore.AddAsync(work, order.Take(round.Wanted + Spare(round.Wanted)).Select((pair, place) => Item(round, pair, place, texts)), cancellationToken);
        LogOpened(wish.RunId, round.Wanted, wish.AskedBy);
        await CloseWhenDoneAsync(work, wish.RunId, cancellationToken);
        return round;

        static LabelItem Item(LabelRound round, QueuedPair pair, int place, IReadOnlyDictionary<(string, string), IReadOnlyList<Data.ChatMessage>> texts) => new()
        {
            ItemId = "l-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            RunId = round.RunId,
            Suite = pair.Item.Suite,
            QuestionId = pair.Item.Id,
            Sample = pair.Item.Sample,
            Slice = pair.Item.Slice,
            Cluster = pair.Item.Cluster,
            Place = place,
            Uncertainty = pair.Uncertainty,
            Inconsistent = pair.Item.VersusChampion is { Consistent: false } ? 1 : 0,
            Prompt = JsonSerializer.Serialize(PromptFinder.Of(pair.Item, texts)),
            Candidate = pair.Item.Candidate.Text,
            Champion = pair.Item.Champion.Text,
            Salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            State = LabelState.Waiting,
            Wanted = round.PeopleEach,
        };
    }

    /// <summary>Closes the round where as many pairs are answered as were wanted, or none is left to answer.</summary>
    public async Task CloseWhenDoneAsync(IUnitOfWork work, string runId, CancellationToken cancellationToken)
    {
        if (await RoundStore.FindAsync(work.Connection, work.Transaction, runId, cancellationToken) is not { State: LabelState.Open } round) return;
        var items = await LabelStore.OfRunAsync(work.Connection, work.Transaction, runId, cancellationToken);
        if (items.Count(item => item.State == LabelState.Answered) >= round.Wanted || items.All(item => item.State is LabelState.Answered or LabelState.Skipped))
        {
            await CloseAsync(work, round, cancellationToken);
        }
    }

    public async Task CloseAsync(IUnitOfWork work, LabelRound round, CancellationToken cancellationToken)
    {
        if (!await RoundStore.CloseAsync(work, round.RunId, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken)) return;
        LogClosed(round.RunId);
        if (round.ForGate != 0) await TellAsync(work, round, cancellationToken);
    }

    /// <summary>Writes what people said into an evidence file of its own and tells the gate.</summary>
    public async Task TellAsync(IUnitOfWork work, LabelRound round, CancellationToken cancellationToken)
    {
        var file = EvidenceFile.Read(await blobs.ReadTextAsync(round.EvidenceDigest, cancellationToken));
        var joined = PeopleEvidence.Join(
            file, round.Wanted,
            await LabelStore.OfRunAsync(work.Connection, work.Transaction, round.RunId, cancellationToken),
            await LabelStore.AnswersAsync(work.Connection, work.Transaction, round.RunId, cancellationToken));
        var digest = await blobs.PutTextAsync(joined.Write(), cancellationToken);
        await work.PublishAsync(new PeopleAnswered(round.RunId, digest, round.Wanted, joined.Header.People!.Answered), $"{round.RunId}/people", cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "People are asked about {Wanted} pairs of run {RunId}, by {AskedBy}")]
    private partial void LogOpened(string runId, int wanted, string askedBy);

    [LoggerMessage(Level = LogLevel.Information, Message = "People are not asked about run {RunId} any more")]
    private partial void LogClosed(string runId);
}
