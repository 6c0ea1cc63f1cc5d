using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Qualification.Certificates;
using AlignOps.Evaluation.Qualification.Examinations;
using AlignOps.Evaluation.Qualification.Standings;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Evaluation.Qualification.Http;

/// <summary>How a pipeline's judges stand, for people and programs.</summary>
internal sealed class JudgeReader(IPipelineDefinitions definitions, CertificateFinder certificates, IDatabase database, IBlobStore blobs)
{
    private const int Runs = 20;

    public async Task<IReadOnlyList<JudgeView>> ListAsync(string pipeline, string definition, CancellationToken cancellationToken)
    {
        var section = await definitions.SectionAsync<EvaluationSection>(definition, cancellationToken);
        var directory = await definitions.DirectoryAsync(definition, cancellationToken);
        var views = new List<JudgeView>();
        foreach (var judge in section.Judges)
        {
            var found = await certificates.FindAsync(judge, pipeline, directory, cancellationToken);
            await using var connection = await database.OpenReadAsync(cancellationToken);
            var runs = await StandingStore.OfJudgeAsync(connection, pipeline, judge.Name, Runs, cancellationToken);
            var latest = (await ExaminationStore.OfJudgeAsync(connection, pipeline, judge.Name, 1, cancellationToken)).FirstOrDefault();
            var (standing, sentence) = await StandAsync(judge, found, connection, runs, cancellationToken);
            views.Add(new JudgeView(
                judge.Name, judge.Kind.ToString().ToLowerInvariant(), judge.Who, found.JudgeDigest, judge.Decides, [.. section.Suites.Where(judge.DecidesSuite).Select(suite => suite.Name)],
                standing.Name(), sentence, found.Certificate is null ? null : CertificateView.Of(found.Row!, found.Certificate), latest is null ? null : ExaminationView.Of(latest), runs));
        }

        return views;
    }

    public async Task<ExaminationView?> FindAsync(string examinationId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        if (await ExaminationStore.FindAsync(connection, examinationId, cancellationToken) is not { } row) return null;
        var fraction = await connection.QueryFirstOrDefaultAsync<double?>(new CommandDefinition(
            "select fraction from platform_v_jobs where run_id = @examinationId and kind = 'evaluation.examine'", new { examinationId }, cancellationToken: cancellationToken));
        var view = ExaminationView.Of(row, fraction);
        if (row.CertificateDigest is not { } digest) return view;
        var certificate = CertificateJson.Read(await blobs.ReadTextAsync(digest, cancellationToken));
        return view with { Certificate = CertificateView.Of(row, certificate), Findings = certificate.Report.Findings };
    }

    private static async Task<(JudgeStanding Standing, string Sentence)> StandAsync(
        JudgeSection judge, FoundCertificate found, System.Data.Common.DbConnection connection, IReadOnlyList<StandingLine> runs, CancellationToken cancellationToken)
    {
        if (judge.Kind == JudgeKind.Verifier) return (JudgeStanding.Qualified, $"Judge {judge.Name} may decide: a verifier is a rule, not an opinion.");
        if (found.Certificate is not { } certificate) return (JudgeStanding.NotExamined, found.WhyNone);
        var report = certificate.Report with { Findings = Qualifying.Findings(certificate.Report.Measurements, QualificationLimits.Of(judge.Qualification)) };
        if (!report.Qualified) return (JudgeStanding.Failed, report.Sentence);
        if (await StandingStore.DriftedAsync(connection, certificate.ExaminationId, "", cancellationToken) is { } drifted) return (JudgeStanding.Drifted, drifted.Sentence);
        var last = runs.FirstOrDefault(line => line.ExaminationId == certificate.ExaminationId);
        return last?.Standing == JudgeStanding.DriftUnmeasured.Name() ? (JudgeStanding.DriftUnmeasured, last.Sentence) : (JudgeStanding.Qualified, last?.Sentence ?? report.Sentence);
    }
}
