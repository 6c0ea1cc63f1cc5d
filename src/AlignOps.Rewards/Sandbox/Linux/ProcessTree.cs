using System.Globalization;
using System.Text;

namespace AlignOps.Rewards.Sandbox.Linux;

/// <summary>Processes below one, read from <c>/proc</c>. What has lost its parent in a namespace is still below the namespace's first process.</summary>
/// <param name="First">The namespace's first process by its number outside; 0 while there is none.</param>
/// <param name="Tasks">Processes and threads of the program: without the namespace's first process and the timer above the program.</param>
/// <param name="MemoryBytes">Resident.</param>
/// <param name="CpuSeconds">Of all that live, and of their children that ended and were waited for.</param>
internal readonly record struct ProcessTree(int First, int Tasks, long MemoryBytes, double CpuSeconds)
{
    private const double TicksPerSecond = 100;
    private const int UserTicks = 11, Threads = 17, ResidentPages = 21;
    private const int Supervisors = 2;

    /// <summary>The kernel lists a process' children, without which its tree cannot be watched.</summary>
    public static bool CanBeRead { get; } = File.Exists("/proc/1/task/1/children");

    /// <param name="launcher">The process that makes the namespaces.</param>
    public static ProcessTree Below(int launcher)
    {
        int[] first = [.. Children(launcher)];
        int tasks = 0;
        long pages = 0, ticks = 0;
        var open = new Stack<int>(first);
        while (open.TryPop(out var process))
        {
            if (Read($"/proc/{process}/stat") is not { } text)
            {
                continue;
            }

            // A name may hold spaces and brackets, so the fields begin after the last bracket.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            tasks += (int)Number(fields[Threads]);
            pages += Number(fields[ResidentPages]);
            ticks += fields.Skip(UserTicks).Take(4).Sum(Number);
            foreach (var child in Children(process))
            {
                open.Push(child);
            }
        }

        return new ProcessTree(first.FirstOrDefault(), Math.Max(0, tasks - Supervisors), pages * Environment.SystemPageSize, ticks / TicksPerSecond);
    }

    private static IEnumerable<int> Children(int process)
    {
        string[] threads;
        try
        {
            threads = Directory.GetDirectories($"/proc/{process}/task");
        }
        catch (IOException)
        {
            return [];
        }

        return threads.SelectMany(thread => (Read(thread + "/children") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(id => (int)Number(id));
    }

    /// <summary>Null where the process has ended meanwhile.</summary>
    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file, Encoding.Latin1);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
