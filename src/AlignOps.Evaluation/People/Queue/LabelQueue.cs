using AlignOps.Evaluation.People.Rounds;
using AlignOps.Platform.Storage;

namespace AlignOps.Evaluation.People.Queue;

/// <summary>Hands pairs to people one by one and takes their labels. All calls stand in one turn, so that nobody takes what another has just taken.</summary>
internal sealed class LabelQueue(RoundDesk rounds, TimeProvider time)
{
    public const string Turn = "evaluation.labels";

    /// <summary>A claim that is not answered in this time goes to somebody else.</summary>
    private static readonly TimeSpan ClaimFor = TimeSpan.FromMinutes(30);

    /// <returns>The next pair for this person, theirs for half an hour; null where nothing waits for them.</returns>
    public async Task<(LabelItem Item, LabelAnswer Claim)?> NextAsync(IUnitOfWork work, string person, string? pipeline, string? runId, CancellationToken cancellationToken)
    {
        await work.TakeTurnAsync(Turn, cancellationToken);
        var now = time.GetUtcNow();
        await LabelStore.FreeAsync(work, now.ToUnixTimeMilliseconds(), cancellationToken);
        if (await LabelStore.NextAsync(work, person, pipeline, runId, cancellationToken) is not { } item) return null;

        if (await LabelStore.AnswerAsync(work.Connection, work.Transaction, item.ItemId, person, cancellationToken) is { State: LabelState.Claimed } held) return (item, held);
        var claim = new LabelAnswer
        {
            ItemId = item.ItemId,
            Person = person,
            State = LabelState.Claimed,
            CandidateFirst = item.CandidateFirst(person) ? 1 : 0,
            ClaimedAt = now.ToUnixTimeMilliseconds(),
            UntilAt = (now + ClaimFor).ToUnixTimeMilliseconds(),
            Source = "person",
        };
        await LabelStore.PutAsync(work, claim, cancellationToken);
        await LabelStore.RecountAsync(work, item.ItemId, cancellationToken);
        return (item, claim);
    }

    /// <param name="label">Null: the person would rather not say.</param>
    /// <returns>Why it is not taken; null where it is.</returns>
    public async Task<LabelRefusal?> AnswerAsync(IUnitOfWork work, string itemId, string person, PersonLabel? label, CancellationToken cancellationToken)
    {
        await work.TakeTurnAsync(Turn, cancellationToken);
        var item = await LabelStore.FindAsync(work.Connection, work.Transaction, itemId, cancellationToken);
        var claim = item is null ? null : await LabelStore.AnswerAsync(work.Connection, work.Transaction, itemId, person, cancellationToken);
        if (item is null || claim is null) return new LabelRefusal(404, "unknown-item", $"Nothing called {itemId} was handed to {person}.");
        if (claim.State is LabelState.Answered or LabelState.Skipped) return new LabelRefusal(409, "answered-already", "You have dealt with this pair already.");
        if (item.State is LabelState.Expired) return new LabelRefusal(409, "round-over", "People are not asked about this run any more.");
        if (item.Answered >= item.Wanted) return new LabelRefusal(409, "answered-by-others", "Others have answered this pair meanwhile.");

        var ended = new LabelAnswer
        {
            ItemId = itemId,
            Person = person,
            State = label is null ? LabelState.Skipped : LabelState.Answered,
            CandidateFirst = claim.CandidateFirst,
            ClaimedAt = claim.ClaimedAt,
            UntilAt = claim.UntilAt,
            EndedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Choice = label is null ? null : LabelNames.Name(label.Choice),
            FirstLevel = LabelNames.Name(label?.First),
            SecondLevel = LabelNames.Name(label?.Second),
            Source = claim.Source,
        };
        await LabelStore.PutAsync(work, ended, cancellationToken);
        await LabelStore.RecountAsync(work, itemId, cancellationToken);
        await rounds.CloseWhenDoneAsync(work, item.RunId, cancellationToken);
        return null;
    }

    /// <summary>A label made elsewhere, from an exported file. A person's later label for the same pair is not taken.</summary>
    public async Task<LabelRefusal?> ImportAsync(IUnitOfWork work, string itemId, string person, PersonLabel label, CancellationToken cancellationToken)
    {
        await work.TakeTurnAsync(Turn, cancellationToken);
        var item = await LabelStore.FindAsync(work.Connection, work.Transaction, itemId, cancellationToken);
        if (item is null) return new LabelRefusal(404, "unknown-item", $"There is no pair {itemId}; rows name it by the id that the export gave.");
        if (item.State is LabelState.Expired) return new LabelRefusal(409, "round-over", $"People are not asked about run {item.RunId} any more.");
        if (await LabelStore.AnswerAsync(work.Connection, work.Transaction, itemId, person, cancellationToken) is { State: LabelState.Answered })
        {
            return new LabelRefusal(409, "answered-already", $"{person} has answered this pair already.");
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await LabelStore.PutAsync(
            work,
            new LabelAnswer
            {
                ItemId = itemId,
                Person = person,
                State = LabelState.Answered,
                CandidateFirst = item.CandidateFirst("") ? 1 : 0,
                ClaimedAt = now,
                UntilAt = now,
                EndedAt = now,
                Choice = LabelNames.Name(label.Choice),
                FirstLevel = LabelNames.Name(label.First),
                SecondLevel = LabelNames.Name(label.Second),
                Source = "import",
            },
            cancellationToken);
        await LabelStore.RecountAsync(work, itemId, cancellationToken);
        return null;
    }
}
