using AlignOps.Training.HeldOut;

namespace AlignOps.Training.Trainers;

/// <summary>What a finished training came to.</summary>
/// <param name="Steps">Optimizer steps, those before a resume included.</param>
/// <param name="Tokens">All tokens trained on, prompts included.</param>
/// <param name="FinalLoss">Of the last step.</param>
/// <param name="MetricsFile">JSONL, a line a step and one for the held-out rows; the same for the same inputs, resumed or not.</param>
public sealed record TrainingSummary(int Steps, long Tokens, double FinalLoss, HeldOutReport HeldOut, string MetricsFile);
