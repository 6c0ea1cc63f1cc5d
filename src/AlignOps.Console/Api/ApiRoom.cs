namespace AlignOps.WebConsole.Api;

/// <summary>The service whose API a call is for.</summary>
internal enum ApiRoom
{
    Intake,
    Pipelines,
    Promotion,
    Evaluation,
}
