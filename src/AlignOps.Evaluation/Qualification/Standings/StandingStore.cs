using System.Data.Common;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Evaluation.Qualification.Standings;

/// <summary>How judges stood, by run and by certificate.</summary>
internal static class StandingStore
{
    private const string Columns = """
        run_id as RunId, judge as Judge, pipeline as Pipeline, judge_digest as JudgeDigest, decides as Decides, standing as Standing, sentence as Sentence, examination_id as ExaminationId,
        turn as Turn, games as Games, differing as Differing, expected as Expected, p_value as PValue, level as Level, at as At, said as Answers
        """;

    /// <summary>The run in which this certificate's judge was found drifted; null where it never was. That holds until it is examined again.</summary>
    public static Task<StandingLine?> DriftedAsync(DbConnection connection, string examinationId, string exceptRun, CancellationToken cancellationToken) =>
        connection.QueryFirstOrDefaultAsync<StandingLine>(new CommandDefinition(
            $"select {Columns} from evaluation_judge_standings where examination_id = @examinationId and standing = 'drifted' and turn is not null and run_id <> @exceptRun order by at limit 1",
            new { examinationId, exceptRun }, cancellationToken: cancellationToken));

    /// <summary>What it said when it was asked the time before this turn under the same certificate; null where it was not.</summary>
    public static Task<string?> SaidBeforeAsync(DbConnection connection, string examinationId, int turn, CancellationToken cancellationToken) =>
        connection.QueryFirstOrDefaultAsync<string?>(new CommandDefinition(
            "select said from evaluation_judge_standings where examination_id = @examinationId and turn < @turn and said is not null order by turn desc limit 1",
            new { examinationId, turn }, cancellationToken: cancellationToken));

    /// <summary>The latest standings of a judge in a pipeline, the newest first.</summary>
    public static async Task<IReadOnlyList<StandingLine>> OfJudgeAsync(DbConnection connection, string pipeline, string judge, int most, CancellationToken cancellationToken) =>
    [
        .. await connection.QueryAsync<StandingLine>(new CommandDefinition(
            $"select {Columns} from evaluation_judge_standings where pipeline = @pipeline and judge = @judge order by at desc, run_id desc limit @most",
            new { pipeline, judge, most }, cancellationToken: cancellationToken)),
    ];

    /// <summary>
    /// The certificate's next turn, once for a run and judge however often its job is tried. It is taken before the judge is asked, so that runs side by side share no level.
    /// </summary>
    public static async Task<int> TakeTurnAsync(IUnitOfWork work, StandingLine line, CancellationToken cancellationToken)
    {
        await work.TakeTurnAsync("evaluation.drift", cancellationToken);
        const string Mine = "select turn from evaluation_judge_standings where run_id = @RunId and judge = @Judge and examination_id = @ExaminationId and turn is not null";
        if (await work.Connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(Mine, line, work.Transaction, cancellationToken: cancellationToken)) is { } mine) return (int)mine;

        const string Last = "select coalesce(max(turn), 0) from evaluation_judge_standings where examination_id = @ExaminationId";
        var turn = 1 + await work.Connection.ExecuteScalarAsync<long>(new CommandDefinition(Last, line, work.Transaction, cancellationToken: cancellationToken));
        await WriteAsync(work, line, turn, cancellationToken);
        return (int)turn;
    }

    public static Task WriteAsync(IUnitOfWork work, StandingLine line, CancellationToken cancellationToken) => WriteAsync(work, line, line.Turn, cancellationToken);

    private static Task WriteAsync(IUnitOfWork work, StandingLine line, long? turn, CancellationToken cancellationToken)
    {
        const string Sql = """
            insert into evaluation_judge_standings (run_id, judge, pipeline, judge_digest, decides, standing, sentence, examination_id, turn, games, differing, expected, p_value, level, at, said)
            values (@RunId, @Judge, @Pipeline, @JudgeDigest, @Decides, @Standing, @Sentence, @ExaminationId, @turn, @Games, @Differing, @Expected, @PValue, @Level, @At, @Answers)
            on conflict (run_id, judge) do update set
                judge_digest = excluded.judge_digest, decides = excluded.decides, standing = excluded.standing, sentence = excluded.sentence, examination_id = excluded.examination_id,
                turn = excluded.turn, games = excluded.games, differing = excluded.differing, expected = excluded.expected, p_value = excluded.p_value, level = excluded.level, at = excluded.at, said = excluded.said
            """;
        var values = new
        {
            line.RunId, line.Judge, line.Pipeline, line.JudgeDigest, line.Decides, line.Standing, line.Sentence, line.ExaminationId, turn,
            line.Games, line.Differing, line.Expected, line.PValue, line.Level, line.At, line.Answers,
        };
        return work.Connection.ExecuteAsync(new CommandDefinition(Sql, values, work.Transaction, cancellationToken: cancellationToken));
    }
}
