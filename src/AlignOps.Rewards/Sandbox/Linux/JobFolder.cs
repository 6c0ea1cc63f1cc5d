using System.Runtime.InteropServices;
using System.Text;

namespace AlignOps.Rewards.Sandbox.Linux;

/// <summary>A folder for one run, which only the sandbox's user may enter: <c>program</c> (shown inside, read-only), <c>stdin</c>, <c>status</c>, and <c>root</c>, where the file tree is built.</summary>
internal sealed class JobFolder : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <param name="owner">User and group that it is given to; null: it stays this process'.</param>
    public JobFolder(SandboxProgram program, uint? owner)
    {
        // Made for its owner alone (0700), so what is in it needs no modes.
        Path = Directory.CreateTempSubdirectory("alignops-sandbox-").FullName;
        try
        {
            Directory.CreateDirectory(In("root"));
            Directory.CreateDirectory(In("program"));
            foreach (var (name, content) in program.Files)
            {
                if (name.Length == 0 || name.StartsWith('.') || name.Contains('/') || name.Contains('\0'))
                {
                    throw new ArgumentException($"'{name}' is no plain file name.", nameof(program));
                }

                Write(System.IO.Path.Combine("program", name), content);
            }

            Write("stdin", program.Input);
            Write("status", "");
            if (owner is { } user)
            {
                foreach (var entry in Directory.EnumerateFileSystemEntries(Path, "*", SearchOption.AllDirectories).Append(Path))
                {
                    if (ChangeOwner(entry, user, user) != 0)
                    {
                        throw new IOException($"{entry} cannot be given to user {user} (errno {Marshal.GetLastPInvokeError()}).");
                    }
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <summary>What the setup wrote down so far.</summary>
    public IReadOnlyList<string> Status() => File.ReadAllLines(In("status"), Utf8);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private void Write(string name, string content) => File.WriteAllText(In(name), content, Utf8);

    [DllImport("libc", EntryPoint = "chown", SetLastError = true)]
    private static extern int ChangeOwner([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint user, uint group);
}
