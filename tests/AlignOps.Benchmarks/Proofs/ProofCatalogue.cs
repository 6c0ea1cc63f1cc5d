namespace AlignOps.Benchmarks.Proofs;

/// <summary>Every proof there is.</summary>
internal static class ProofCatalogue
{
    private static readonly IReadOnlyList<IProof> All =
    [
        new StoryProof(), new Trainings.ResumeProof(), new Trainings.AccumulationProof(), new ControlsProof(), new BlindSpotProof(), new RealProof(), new DistributedProof(), new Kill.KillProof(), new WeeklyProof(), new LiveJudge.LiveJudgeProof(),
        new Operations.TraceProof(), new Operations.WatchdogProof(), new Formats.FormatsProof(), new Canary.CanaryProof(), new Judge.JudgeEndpointProof(), new Kinds.JudgeKindsProof(),
        new Methods.MethodsProof(), new Memory.MemoryProof(), new Files.FilesProof(),
        new Closed.ClosedProof(), new Suites.SuitesProof(),
        new Qualify.QualifyProof(), new Cheats.CheatsProof(), new People.PeopleProof(), new RealEvaluation.RealEvaluationProof(), new Attribution.AttributionProof(),
        new Verdicts.AlpacaProof(), new Verdicts.SequentialProof(), new Verdicts.SlicesProof(),
        new Code.CodeProof(), new Instructions.InstructionsProof(),
    ];

    public static IReadOnlyList<string> Names => [.. All.Select(proof => proof.Name)];

    public static IProof Find(string name) => All.Single(proof => proof.Name == name);
}
