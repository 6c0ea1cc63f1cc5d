using AlignOps.Platform.Storage;

namespace AlignOps.WebConsole.Reading;

/// <summary>Reads judges, their certificates and how they stood in runs.</summary>
internal sealed class JudgesReader(IDatabase database, TimeProvider time)
{
    private const int Shown = 1000, Runs = 12;

    public async Task<JudgesModel> ReadAsync(CancellationToken cancellationToken)
    {
        await using var reader = await Reader.OpenAsync(database, cancellationToken);
        var examinations = await reader.ListAsync<JudgeExaminationLine>($"select {JudgeExaminationLine.Columns} from evaluation_v_judge_examinations order by at desc, examination_id desc limit @Shown", new { Shown });
        var standings = await reader.ListAsync<JudgeStandingLine>($"select {JudgeStandingLine.Columns} from evaluation_v_judge_standings order by at desc, run_id desc limit @Shown", new { Shown });
        var judges = examinations.Select(one => (one.Pipeline, one.Judge)).Concat(standings.Select(one => (one.Pipeline, one.Judge))).Distinct().Order();
        return new JudgesModel(
            [
                .. judges.Select(judge => new JudgeHistory(
                    judge.Pipeline, judge.Judge,
                    examinations.FirstOrDefault(one => (one.Pipeline, one.Judge) == judge && one.IsCertificate), examinations.FirstOrDefault(one => (one.Pipeline, one.Judge) == judge),
                    [.. standings.Where(one => (one.Pipeline, one.Judge) == judge).Take(Runs)])),
            ],
            time.GetUtcNow());
    }
}
