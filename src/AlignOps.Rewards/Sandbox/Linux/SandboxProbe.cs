namespace AlignOps.Rewards.Sandbox.Linux;

/// <summary>Finds out what is protected by running a harmless program in the sandbox and looking at where it found itself.</summary>
internal static class SandboxProbe
{
    private static readonly string[] Namespaces = ["cgroup", "ipc", "mnt", "net", "pid", "user", "uts"];

    /// <summary>Says how the kernel sees it, and tries what must fail.</summary>
    private static readonly SandboxProgram Program = new(
        "/bin/sh",
        [SandboxProgram.FilesAt + "/probe"],
        new Dictionary<string, string>
        {
            ["probe"] = """
                setpriv --dump --dump
                echo "root: $(echo /*)"
                if (: >/written) 2>/dev/null || (: >/job/written) 2>/dev/null || (: >/usr/bin/written) 2>/dev/null; then echo written; fi
                if unshare --user true 2>/dev/null; then echo further namespaces; fi
                """,
        });

    /// <summary>Programs run where nothing of these is missing.</summary>
    /// <param name="run">Runs a program without asking whether it may, and gives the status lines too.</param>
    public static async Task<SandboxProtection> RunAsync(Func<SandboxProgram, Task<(IReadOnlyList<string> Status, SandboxOutcome? Outcome, string Output, string Error)>> run)
    {
        if (!OperatingSystem.IsLinux())
        {
            return SandboxProtection.None("no-linux", "Programs are run in Linux' namespaces, which this system does not have.");
        }

        if (SyscallNumbers.Here is null)
        {
            return SandboxProtection.None("unknown-processor", "The filter of system calls knows x64 and arm64 only.");
        }

        if (SandboxTools.Missing() is { Count: > 0 } missing)
        {
            return SandboxProtection.None("missing-tools", $"These programs of util-linux and coreutils are not installed: {string.Join(", ", missing)}.");
        }

        if (!ProcessTree.CanBeRead)
        {
            return SandboxProtection.None("no-process-lists", "The kernel lists no process' children (CONFIG_PROC_CHILDREN), so nothing could be watched.");
        }

        try
        {
            var (status, outcome, output, error) = await run(Program);
            return Judge(status, outcome, output, error, name => File.ResolveLinkTarget($"/proc/self/ns/{name}", returnFinalTarget: false)?.Name);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return SandboxProtection.None("cannot-start", fault.Message);
        }
    }

    internal static SandboxProtection Judge(IReadOnlyList<string> status, SandboxOutcome? outcome, string output, string error, Func<string, string?> own)
    {
        if (outcome is null)
        {
            var said = error.Trim() is { Length: > 0 } text ? text : status.LastOrDefault(line => !line.StartsWith("namespace ", StringComparison.Ordinal) && !line.StartsWith("guard ", StringComparison.Ordinal)) ?? "nothing was said.";
            return status.Count == 0
                ? SandboxProtection.None("no-user-namespaces", $"The kernel, or a container's rules, do not let this user make namespaces: {said}")
                : SandboxProtection.None("no-file-protection", $"The file tree of the sandbox could not be built: {said}");
        }

        foreach (var name in Namespaces)
        {
            if (!status.Any(line => line.StartsWith($"namespace {name} {name}:[", StringComparison.Ordinal)) || own(name) is not { } here || status.Contains($"namespace {name} {here}"))
            {
                return SandboxProtection.None(name == "net" ? "no-network-protection" : $"no-{name}-namespace", $"The program would share this process' {name} namespace.");
            }
        }

        string[] lines = output.Split('\n', StringSplitOptions.TrimEntries);
        if (!lines.Contains("no_new_privs: 1") || !lines.Contains("Effective capabilities: [none]") || !lines.Contains("Capability bounding set: [none]"))
        {
            return SandboxProtection.None("rights-kept", "The program would keep rights that it must not have.");
        }

        if (lines.Contains("written") || !status.Contains("guard file-tree"))
        {
            return SandboxProtection.None("no-file-protection", "The program could write outside its working directory.");
        }

        return new SandboxProtection(null,
        [
            .. Namespaces.Select(name => name switch { "net" => "network-namespace", "mnt" => "mount-namespace", _ => $"{name}-namespace" })
                .Concat(["file-tree-of-its-own", "limits-of-the-kernel", "no-capabilities", "no-new-privileges", "system-call-filter", "watch-of-all-processes"])
                .Concat(lines.Contains("further namespaces") ? [] : ["no-further-namespaces"])
                .Order(StringComparer.Ordinal),
        ]);
    }
}
