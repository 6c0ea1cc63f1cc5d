namespace AlignOps.Pipelines.Runs;

/// <summary>A command a run sends. Its key is made of run and step, so that sending it again is the same message.</summary>
internal sealed record RunCommand(string RunId, string Step, object Message)
{
    public string Key => $"{RunId}/{Step}";
}
