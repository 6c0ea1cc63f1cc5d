namespace AlignOps.Host.Cli;

/// <summary>Settings from the environment. Each may also be the content of a file, named by the same variable with <c>_FILE</c>, as orchestrators hand out secrets.</summary>
internal static class Setting
{
    public const string Database = "ALIGNOPS_DATABASE";
    public const string Bus = "ALIGNOPS_BUS";
    public const string AdminKey = "ALIGNOPS_ADMIN_KEY";

    /// <exception cref="CommandException">The file cannot be read.</exception>
    public static string? Read(string name)
    {
        if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
        {
            return value;
        }

        if (Environment.GetEnvironmentVariable(name + "_FILE") is not { Length: > 0 } file)
        {
            return null;
        }

        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Usage, $"{name}_FILE cannot be read ({fault.Message.TrimEnd('.')}).");
        }
    }
}
