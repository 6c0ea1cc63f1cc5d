namespace AlignOps.WebConsole.Reading;

/// <summary>Makes a run's timeline of its jobs and its history: what is done, what is under way, what is to come.</summary>
internal static class RunSteps
{
    public const string Dataset = "intake.dataset";
    public const string Synthesize = "synthesis.sample";
    public const string Train = "training.train";
    public const string Evaluate = "evaluation.evaluate";

    public static IReadOnlyList<RunStep> Of(RunLine run, IReadOnlyList<JobLine> jobs, IReadOnlyList<RunEventLine> events)
    {
        var steps = new List<RunStep>();
        var datasets = 0;
        foreach (var job in jobs)
        {
            steps.Add(OfJob(job.Kind == Dataset && datasets++ > 0 ? "Dataset with synthetic answers" : Name(job.Kind), job));
        }

        var ended = run.EndedAt is not null;
        if (!ended)
        {
            steps.AddRange(new[] { Dataset, Train, Evaluate }.Where(kind => jobs.All(job => job.Kind != kind)).Select(kind => Pending(Name(kind))));
        }

        steps.AddRange(Decision(run, events, ended));
        return steps;
    }

    private static IEnumerable<RunStep> Decision(RunLine run, IReadOnlyList<RunEventLine> events, bool ended)
    {
        var evaluated = events.LastOrDefault(one => one.Kind == "candidate-evaluated");
        var decided = events.FirstOrDefault(one => one.Kind == "gate-decided");
        if (evaluated is null)
        {
            return ended ? [] : [Pending("Gate")];
        }

        if (decided is null)
        {
            return ended ? [] : [new RunStep("Gate", "running", evaluated.At, null, null, "weighs the evidence")];
        }

        var gate = new RunStep("Gate", "done", evaluated.At, decided.At, 1, Bare(decided.Detail));
        var answered = events.LastOrDefault(one => one.Kind == "gate-decided" && one.Seq > decided.Seq);
        return run.State == "awaiting-approval"
            ? [gate, new RunStep("Approval", "waiting", decided.At, null, null, "people are asked")]
            : answered is null ? [gate] : [gate, new RunStep("Approval", "done", decided.At, answered.At, 1, Bare(answered.Detail))];
    }

    private static RunStep OfJob(string name, JobLine job) => job.State switch
    {
        "done" => new RunStep(name, "done", job.StartedAt ?? job.CreatedAt, job.EndedAt, 1, job.Summary, job.Attempt),
        "failed" => new RunStep(name, "failed", job.StartedAt ?? job.CreatedAt, job.EndedAt, null, job.Error, job.Attempt),
        "running" => new RunStep(name, "running", job.StartedAt ?? job.CreatedAt, null, job.Fraction, Progress(job), job.Attempt),
        _ => new RunStep(name, "waiting", job.CreatedAt, null, null, job.Error ?? "waits for a worker", job.Attempt),
    };

    private static string? Progress(JobLine job)
    {
        if (JobDetail.Parse(job.Detail) is not { } detail)
        {
            return null;
        }

        string? Count(string done, string of, string what) =>
            JobDetail.Number(detail, done) is { } count && JobDetail.Number(detail, of) is { } total ? $"{count:0} of {total:0} {what}" : null;
        return Count("step", "totalSteps", "steps") ?? Count("judged", "of", "answers compared") ?? Count("pairs", "of", "pairs told of by a judge that reports") ?? Count("answers", "of", "answers written");
    }

    private static RunStep Pending(string name) => new(name, "pending", null, null, null, null);

    private static string Name(string kind) => kind switch
    {
        Dataset => "Dataset",
        Synthesize => "Synthesis",
        Train => "Training",
        Evaluate => "Evaluation",
        _ => kind,
    };

    /// <summary>An ended run's line begins with its state, which the page shows elsewhere.</summary>
    private static string Bare(string detail) => detail.IndexOf(": ", StringComparison.Ordinal) is > 0 and < 20 and var colon ? detail[(colon + 2)..] : detail;
}
