using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace AlignOps.Platform.Storage;

/// <summary>
/// Loads SQLite once for the process: the system's library where it is newer than the bundled one, which is from 2021.
/// </summary>
public static class SqliteLibrary
{
    private const string BundledName = "e_sqlite3";

    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>The version in use and where it comes from, such as <c>3.40.1 (system)</c>.</summary>
    public static string Version => Loaded.Value;

    private static string Load()
    {
        var system = FindSystemLibrary();
        var assembly = Assembly.Load("SQLitePCLRaw.provider.e_sqlite3");
        var chosen = nint.Zero;
        if (system != nint.Zero && NativeLibrary.TryLoad(BundledName, assembly, null, out var bundled))
        {
            chosen = VersionNumber(system) > VersionNumber(bundled) ? system : nint.Zero;
        }
        else
        {
            chosen = system;
        }

        var fromSystem = chosen != nint.Zero && TryResolveWith(assembly, chosen);
        Batteries_V2.Init();
        return $"{raw.sqlite3_libversion().utf8_to_string()} ({(fromSystem ? "system" : "bundled")})";
    }

    private static bool TryResolveWith(Assembly assembly, nint library)
    {
        try
        {
            NativeLibrary.SetDllImportResolver(assembly, (name, _, _) => name == BundledName ? library : nint.Zero);
            return true;
        }
        catch (InvalidOperationException)
        {
            // Someone in this process resolved it before us; what they chose is in use.
            return false;
        }
    }

    private static nint FindSystemLibrary()
    {
        string[] names = OperatingSystem.IsMacOS() ? ["/usr/lib/libsqlite3.dylib"] : OperatingSystem.IsLinux() ? ["libsqlite3.so.0"] : [];
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var library) && NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out _))
            {
                return library;
            }
        }

        return nint.Zero;
    }

    private static int VersionNumber(nint library) =>
        Marshal.GetDelegateForFunctionPointer<LibraryVersionNumber>(NativeLibrary.GetExport(library, "sqlite3_libversion_number"))();

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int LibraryVersionNumber();
}
