using System.Data.Common;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Evaluation.Qualification.Examinations;

/// <summary>Examinations by id, by judge and by digest.</summary>
internal static class ExaminationStore
{
    private const string Columns = """
        examination_id as ExaminationId, pipeline as Pipeline, definition_digest as DefinitionDigest, judge as Judge, model as Model, judge_digest as JudgeDigest, labels_blob as LabelsBlob,
        labels_digest as LabelsDigest, pairs as Pairs, state as State, code as Code, reason as Reason, certificate_digest as CertificateDigest, qualified as Qualified, figures as Figures,
        asked_by as AskedBy, at as At, ended_at as EndedAt
        """;

    public static Task<JudgeExamination?> FindAsync(DbConnection connection, string examinationId, CancellationToken cancellationToken) =>
        connection.QuerySingleOrDefaultAsync<JudgeExamination>(new CommandDefinition(
            $"select {Columns} from evaluation_judge_examinations where examination_id = @examinationId", new { examinationId }, cancellationToken: cancellationToken));

    /// <summary>An examination of the same judge on the same labels that has not ended: asked twice, one is made.</summary>
    public static Task<JudgeExamination?> UnderWayAsync(IUnitOfWork work, JudgeExamination like, CancellationToken cancellationToken) =>
        work.Connection.QueryFirstOrDefaultAsync<JudgeExamination>(new CommandDefinition(
            $"""
            select {Columns} from evaluation_judge_examinations
            where pipeline = @Pipeline and judge = @Judge and judge_digest = @JudgeDigest and labels_digest = @LabelsDigest and state = 'asked' limit 1
            """,
            like, work.Transaction, cancellationToken: cancellationToken));

    /// <summary>The certificate in force: the latest under this digest, on this labelled set where one is named.</summary>
    public static Task<JudgeExamination?> InForceAsync(DbConnection connection, string judgeDigest, string? labelsDigest, CancellationToken cancellationToken) =>
        connection.QueryFirstOrDefaultAsync<JudgeExamination>(new CommandDefinition(
            $"""
            select {Columns} from evaluation_judge_examinations
            where judge_digest = @judgeDigest and state = 'certified' and (cast(@labelsDigest as text) is null or labels_digest = @labelsDigest)
            order by ended_at desc, examination_id desc limit 1
            """,
            new { judgeDigest, labelsDigest }, cancellationToken: cancellationToken));

    /// <summary>The judge's examinations in a pipeline, under whatever digest; the latest first.</summary>
    public static async Task<IReadOnlyList<JudgeExamination>> OfJudgeAsync(DbConnection connection, string pipeline, string judge, int most, CancellationToken cancellationToken) =>
    [
        .. await connection.QueryAsync<JudgeExamination>(new CommandDefinition(
            $"select {Columns} from evaluation_judge_examinations where pipeline = @pipeline and judge = @judge order by at desc, examination_id desc limit @most",
            new { pipeline, judge, most }, cancellationToken: cancellationToken)),
    ];

    public static Task AddAsync(IUnitOfWork work, JudgeExamination examination, CancellationToken cancellationToken)
    {
        const string Sql = """
            insert into evaluation_judge_examinations
                (examination_id, pipeline, definition_digest, judge, model, judge_digest, labels_blob, labels_digest, pairs, state, code, reason, certificate_digest, qualified, figures, asked_by, at, ended_at)
            values (@ExaminationId, @Pipeline, @DefinitionDigest, @Judge, @Model, @JudgeDigest, @LabelsBlob, @LabelsDigest, @Pairs, @State, @Code, @Reason, @CertificateDigest, @Qualified, @Figures, @AskedBy, @At, @EndedAt)
            """;
        return work.Connection.ExecuteAsync(new CommandDefinition(Sql, examination, work.Transaction, cancellationToken: cancellationToken));
    }

    public static Task EndAsync(IUnitOfWork work, string examinationId, ExaminationEnd end, long at, CancellationToken cancellationToken)
    {
        const string Sql = """
            update evaluation_judge_examinations
            set state = @State, code = @Code, reason = @Reason, certificate_digest = @CertificateDigest, qualified = @qualified, figures = @Figures, ended_at = @at
            where examination_id = @examinationId and state = 'asked'
            """;
        return work.Connection.ExecuteAsync(new CommandDefinition(
            Sql, new { examinationId, end.State, end.Code, end.Reason, end.CertificateDigest, qualified = end.Qualified ? 1 : 0, end.Figures, at }, work.Transaction, cancellationToken: cancellationToken));
    }
}
