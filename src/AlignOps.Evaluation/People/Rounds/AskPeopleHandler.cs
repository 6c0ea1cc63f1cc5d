using AlignOps.Contracts.Runs;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;

namespace AlignOps.Evaluation.People.Rounds;

/// <summary>The gate asks for people. Where a round about the run has been closed already, what it came to is told again.</summary>
internal sealed class AskPeopleHandler(RoundDesk rounds) : IHandle<AskPeople>
{
    public async Task HandleAsync(AskPeople message, IUnitOfWork work, CancellationToken cancellationToken)
    {
        var wish = new RoundWish(message.RunId, message.Pipeline, message.DefinitionDigest, message.EvidenceDigest, message.Items, message.PeopleEach, message.Days, ForGate: true, "gate");
        if (await rounds.OpenAsync(work, wish, cancellationToken) is not null) return;

        var round = await RoundStore.FindAsync(work.Connection, work.Transaction, message.RunId, cancellationToken);
        if (round is { State: LabelState.Closed, ForGate: not 0 }) await rounds.TellAsync(work, round, cancellationToken);
    }
}
