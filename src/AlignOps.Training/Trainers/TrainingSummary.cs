using AlignOps.Training.HeldOut;

namespace AlignOps.Training.Trainers;

/// <summary>What a finished training came to.</summary>
/// <param name="Steps">Optimizer steps, those before a resume included.</param>
/// <param name="Tokens">All tokens trained on, prompts included.</param>
/// <param name="FinalLoss">Of the last step.</param>
/// <param name="HeldOut">Of the policy that is kept.</param>
/// <param name="KeptStep">The step whose policy is kept: the last, or where the best is kept the best evaluation's.</param>
/// <param name="MetricsFile">JSONL, a line a step and one an evaluation; the same for the same inputs, resumed or not.</param>
public sealed record TrainingSummary(int Steps, long Tokens, double FinalLoss, HeldOutReport HeldOut, int KeptStep, string MetricsFile);
