using System.Diagnostics;
using System.Globalization;

namespace AlignOps.Rewards.Sandbox.Linux;

/// <summary>The command that makes the namespaces and runs <see cref="SetupScript"/> in them. A process of root becomes nobody first, so that the program is root nowhere.</summary>
internal static class SandboxLauncher
{
    /// <summary>The user <c>nobody</c> and its group.</summary>
    private const uint Nobody = 65534;

    private static readonly string[] Shown =
        ["/usr/bin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libexec", "/usr/local/bin", "/usr/local/lib", "/usr/share/zoneinfo"];

    /// <summary>Whose the sandbox is; null: this process' own user.</summary>
    public static uint? Owner => Environment.IsPrivilegedProcess ? Nobody : null;

    public static ProcessStartInfo Command(JobFolder folder, SandboxProgram program, SandboxLimits limits)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = "/" };
        if (Owner is { } user)
        {
            start.FileName = SandboxTools.Find("setpriv");
            Add(start, $"--reuid={user}", $"--regid={user}", "--clear-groups", "--", SandboxTools.Find("unshare")!);
        }
        else
        {
            start.FileName = SandboxTools.Find("unshare");
        }

        Add(start, "--user", "--map-root-user", "--mount", "--pid", "--fork", "--kill-child=KILL", "--net", "--ipc", "--uts", "--cgroup", "--", "/bin/sh", "-c", SetupScript.Text, "sandbox");
        Add(start, "/usr/bin/env");
        Add(start, [.. program.Environment.Select(variable => $"{variable.Key}={variable.Value}"), program.Interpreter, .. program.Arguments]);

        // Nothing of this process' environment, where keys may be, gets into the sandbox.
        start.Environment.Clear();
        start.Environment["PATH"] = SandboxTools.Path;
        start.Environment["LC_ALL"] = "C";
        start.Environment["JOB"] = folder.Path;
        start.Environment["SHOWN"] = string.Join(':', [.. Shown, .. Prefix(program.Interpreter) is { } prefix ? [prefix] : (ReadOnlySpan<string>)[]]);
        start.Environment["DISK"] = Text(limits.DiskBytes);
        start.Environment["FILE"] = Text(limits.FileBytes);
        start.Environment["ADDRESS"] = Text(limits.AddressBytes);

        // The watch counts the program's processes; the kernel's own limits are behind it, the supervisors included.
        start.Environment["TASKS"] = Text(limits.Processes + 16);
        var cpu = (long)Math.Ceiling(limits.CpuSeconds) + 1;
        start.Environment["CPU"] = $"{Text(cpu)}:{Text(cpu + 1)}";
        start.Environment["BACKSTOP"] = Text((long)Math.Ceiling(limits.WallSeconds) + 5);
        return start;
    }

    /// <summary>Whether a program of the machine is there inside as well.</summary>
    public static bool IsShown(string program) =>
        File.Exists(program) && Path.GetFullPath(program) == program && Resolve(program) is { } real && Places(program).Concat(Places(real)).All(place => place);

    private static IEnumerable<bool> Places(string path)
    {
        yield return Shown.Any(folder => Below(path, folder)) || Below(path, "/bin") || Below(path, "/lib") || Below(path, "/lib64") || (Prefix(path) is { } prefix && Below(path, prefix));
    }

    /// <summary>
    /// Where an interpreter of its own folder keeps its parts: <c>/opt/python3.13</c> of <c>/opt/python3.13/bin/python3</c>. Null elsewhere: beside a <c>bin</c> in a home are
    /// a person's own files, which no program may see.
    /// </summary>
    private static string? Prefix(string interpreter) =>
        (Resolve(interpreter) ?? interpreter).Split('/') is ["", "opt", .. { Length: > 0 } inner, "bin", _] ? "/opt/" + string.Join('/', inner) : null;

    private static string? Resolve(string program) => File.Exists(program) ? File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program : null;

    private static bool Below(string path, string folder) => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static void Add(ProcessStartInfo start, params ReadOnlySpan<string> arguments)
    {
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
