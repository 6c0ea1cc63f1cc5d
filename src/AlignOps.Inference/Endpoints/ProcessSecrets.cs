namespace AlignOps.Inference.Endpoints;

/// <summary>This process's environment, and files of the folder that container platforms mount secrets in.</summary>
internal sealed class ProcessSecrets : ISecrets
{
    private const string FolderSetting = "ALIGNOPS_SECRETS", DefaultFolder = "/run/secrets";

    public string? FromEnvironment(string name) => Environment.GetEnvironmentVariable(name);

    public string? FromFile(string name)
    {
        var path = Path.Combine(Environment.GetEnvironmentVariable(FolderSetting) ?? DefaultFolder, name);
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
