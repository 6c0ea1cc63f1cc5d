namespace AlignOps.Rewards.Sandbox.Linux;

/// <summary>The programs of util-linux and coreutils that build a sandbox, by full path.</summary>
internal static class SandboxTools
{
    /// <summary>Where they are looked for; the environment of this process has no say.</summary>
    public const string Path = "/usr/sbin:/usr/bin:/sbin:/bin";

    private static readonly string[] Needed = ["sh", "unshare", "mount", "umount", "pivot_root", "setpriv", "prlimit", "timeout", "env", "stat", "readlink", "cp"];

    public static IReadOnlyList<string> Missing() => [.. Needed.Where(tool => Find(tool) is null)];

    public static string? Find(string tool) => Path.Split(':').Select(folder => System.IO.Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
}
