using System.Data.Common;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Evaluation.People.Queue;

/// <summary>Items of the queue and what people said of them.</summary>
internal static class LabelStore
{
    private const string ItemColumns = """
        i.item_id as ItemId, i.run_id as RunId, i.suite as Suite, i.question_id as QuestionId, i.sample as Sample, i.slice as Slice, i.cluster_id as Cluster, i.place as Place,
        i.uncertainty as Uncertainty, i.inconsistent as Inconsistent, i.prompt as Prompt, i.candidate as Candidate, i.champion as Champion, i.salt as Salt, i.state as State,
        i.wanted as Wanted, i.taken as Taken, i.answered as Answered, i.skipped as Skipped
        """;

    private const string AnswerColumns = """
        a.item_id as ItemId, a.person as Person, a.state as State, a.candidate_first as CandidateFirst, a.claimed_at as ClaimedAt, a.until_at as UntilAt, a.ended_at as EndedAt,
        a.choice as Choice, a.first_level as FirstLevel, a.second_level as SecondLevel, a.source as Source
        """;

    public static async Task AddAsync(IUnitOfWork work, IEnumerable<LabelItem> items, CancellationToken cancellationToken)
    {
        const string Sql = """
            insert into evaluation_label_item (item_id, run_id, suite, question_id, sample, slice, cluster_id, place, uncertainty, inconsistent, prompt, candidate, champion, salt, state, wanted, taken, answered, skipped)
            values (@ItemId, @RunId, @Suite, @QuestionId, @Sample, @Slice, @Cluster, @Place, @Uncertainty, @Inconsistent, @Prompt, @Candidate, @Champion, @Salt, @State, @Wanted, @Taken, @Answered, @Skipped)
            """;
        await work.Connection.ExecuteAsync(new CommandDefinition(Sql, items, work.Transaction, cancellationToken: cancellationToken));
    }

    public static async Task<LabelItem?> FindAsync(DbConnection connection, DbTransaction? transaction, string itemId, CancellationToken cancellationToken) =>
        await connection.QuerySingleOrDefaultAsync<LabelItem>(new CommandDefinition(
            $"select {ItemColumns} from evaluation_label_item i where i.item_id = @itemId", new { itemId }, transaction, cancellationToken: cancellationToken));

    /// <summary>In the order of the queue.</summary>
    public static async Task<IReadOnlyList<LabelItem>> OfRunAsync(DbConnection connection, DbTransaction? transaction, string runId, CancellationToken cancellationToken) =>
        [.. await connection.QueryAsync<LabelItem>(new CommandDefinition(
            $"select {ItemColumns} from evaluation_label_item i where i.run_id = @runId order by i.place", new { runId }, transaction, cancellationToken: cancellationToken))];

    public static async Task<IReadOnlyList<LabelAnswer>> AnswersAsync(DbConnection connection, DbTransaction? transaction, string runId, CancellationToken cancellationToken) =>
        [.. await connection.QueryAsync<LabelAnswer>(new CommandDefinition(
            $"select {AnswerColumns} from evaluation_label_answer a join evaluation_label_item i on i.item_id = a.item_id where i.run_id = @runId order by i.place, a.person",
            new { runId }, transaction, cancellationToken: cancellationToken))];

    public static async Task<LabelAnswer?> AnswerAsync(DbConnection connection, DbTransaction? transaction, string itemId, string person, CancellationToken cancellationToken) =>
        await connection.QuerySingleOrDefaultAsync<LabelAnswer>(new CommandDefinition(
            $"select {AnswerColumns} from evaluation_label_answer a where a.item_id = @itemId and a.person = @person", new { itemId, person }, transaction, cancellationToken: cancellationToken));

    /// <summary>What this person holds; otherwise the first that waits and that they have not looked at. Null where there is nothing for them.</summary>
    public static async Task<LabelItem?> NextAsync(IUnitOfWork work, string person, string? pipeline, string? runId, CancellationToken cancellationToken)
    {
        const string Where = """
            join evaluation_label_round r on r.run_id = i.run_id
            where r.state = 'open' and (cast(@pipeline as text) is null or r.pipeline = @pipeline) and (cast(@runId as text) is null or r.run_id = @runId)
            """;
        var parameters = new { person, pipeline, runId };
        return await work.Connection.QueryFirstOrDefaultAsync<LabelItem>(new CommandDefinition(
                $"""
                select {ItemColumns} from evaluation_label_item i join evaluation_label_answer a on a.item_id = i.item_id and a.person = @person and a.state = 'claimed'
                {Where} order by a.claimed_at, i.item_id limit 1
                """,
                parameters, work.Transaction, cancellationToken: cancellationToken))
            ?? await work.Connection.QueryFirstOrDefaultAsync<LabelItem>(new CommandDefinition(
                $"""
                select {ItemColumns} from evaluation_label_item i {Where} and i.state = 'waiting'
                  and not exists (select 1 from evaluation_label_answer a where a.item_id = i.item_id and a.person = @person and a.state <> 'expired')
                order by r.for_gate desc, r.closes_at, r.run_id, i.place limit 1
                """,
                parameters, work.Transaction, cancellationToken: cancellationToken));
    }

    /// <summary>How many pairs this person holds or may take.</summary>
    public static async Task<int> LeftAsync(IUnitOfWork work, string person, string? pipeline, string? runId, CancellationToken cancellationToken)
    {
        const string Sql = """
            select count(*) from evaluation_label_item i join evaluation_label_round r on r.run_id = i.run_id
            left join evaluation_label_answer a on a.item_id = i.item_id and a.person = @person
            where r.state = 'open' and (cast(@pipeline as text) is null or r.pipeline = @pipeline) and (cast(@runId as text) is null or r.run_id = @runId)
              and (a.state = 'claimed' or (i.state = 'waiting' and (a.state is null or a.state = 'expired')))
            """;
        return await work.Connection.ExecuteScalarAsync<int>(new CommandDefinition(Sql, new { person, pipeline, runId }, work.Transaction, cancellationToken: cancellationToken));
    }

    /// <summary>Items of a run by state.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> CountAsync(DbConnection connection, string runId, CancellationToken cancellationToken)
    {
        const string Sql = "select state, count(*) from evaluation_label_item where run_id = @runId group by state";
        var counts = (await connection.QueryAsync<(string State, long Count)>(new CommandDefinition(Sql, new { runId }, cancellationToken: cancellationToken))).ToDictionary(row => row.State, row => (int)row.Count);
        return LabelState.OfItems.ToDictionary(state => state, counts.GetValueOrDefault);
    }

    /// <summary>Writes one person's share anew.</summary>
    public static Task PutAsync(IUnitOfWork work, LabelAnswer answer, CancellationToken cancellationToken)
    {
        const string Sql = """
            insert into evaluation_label_answer (item_id, person, state, candidate_first, claimed_at, until_at, ended_at, choice, first_level, second_level, source)
            values (@ItemId, @Person, @State, @CandidateFirst, @ClaimedAt, @UntilAt, @EndedAt, @Choice, @FirstLevel, @SecondLevel, @Source)
            on conflict (item_id, person) do update set state = excluded.state, candidate_first = excluded.candidate_first, claimed_at = excluded.claimed_at, until_at = excluded.until_at, ended_at = excluded.ended_at,
                choice = excluded.choice, first_level = excluded.first_level, second_level = excluded.second_level, source = excluded.source
            """;
        return work.Connection.ExecuteAsync(new CommandDefinition(Sql, answer, work.Transaction, cancellationToken: cancellationToken));
    }

    /// <summary>Counts an item's shares and names its state after them.</summary>
    public static Task RecountAsync(IUnitOfWork work, string itemId, CancellationToken cancellationToken)
    {
        const string Sql = """
            update evaluation_label_item set
                taken = (select count(*) from evaluation_label_answer a where a.item_id = @itemId and a.state in ('claimed', 'answered')),
                answered = (select count(*) from evaluation_label_answer a where a.item_id = @itemId and a.state = 'answered'),
                skipped = (select count(*) from evaluation_label_answer a where a.item_id = @itemId and a.state = 'skipped')
            where item_id = @itemId;
            update evaluation_label_item set state = case
                when answered >= wanted then 'answered'
                when skipped >= 2 and answered = 0 then 'skipped'
                when taken >= wanted then 'claimed'
                else 'waiting' end
            where item_id = @itemId and state <> 'expired';
            """;
        return work.Connection.ExecuteAsync(new CommandDefinition(Sql, new { itemId }, work.Transaction, cancellationToken: cancellationToken));
    }

    /// <summary>Items whose claims have run out, freed for others.</summary>
    public static async Task<int> FreeAsync(IUnitOfWork work, long now, CancellationToken cancellationToken)
    {
        const string Find = "select item_id from evaluation_label_answer where state = 'claimed' and until_at < @now";
        const string Free = "update evaluation_label_answer set state = 'expired', ended_at = @now where item_id = @itemId and state = 'claimed' and until_at < @now";
        var items = (await work.Connection.QueryAsync<string>(new CommandDefinition(Find, new { now }, work.Transaction, cancellationToken: cancellationToken))).Distinct().ToList();
        foreach (var itemId in items)
        {
            await work.Connection.ExecuteAsync(new CommandDefinition(Free, new { itemId, now }, work.Transaction, cancellationToken: cancellationToken));
            await RecountAsync(work, itemId, cancellationToken);
        }

        return items.Count;
    }
}
