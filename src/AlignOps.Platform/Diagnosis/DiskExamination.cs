using System.Globalization;
using AlignOps.Platform.Health;
using AlignOps.Platform.Hosting;

namespace AlignOps.Platform.Diagnosis;

/// <summary>The data folder: can it be written to, and has it room.</summary>
internal static class DiskExamination
{
    public static Finding Run(DataFolder folder)
    {
        if (!Directory.Exists(folder.Path))
        {
            return new Finding("disk", $"There is no folder {folder.Path} yet; alignops up makes it.");
        }

        try
        {
            folder.Prepare();
        }
        catch (StartRefusedException refused)
        {
            return new Finding("disk", $"{folder.Path} cannot be written to.", refused.Message);
        }

        return DiskSpace.FreeBytes(folder.Path) switch
        {
            null => new Finding("disk", $"{folder.Path} can be written to."),
            < DiskSpace.Low and var free => new Finding(
                "disk", $"{folder.Path} has {Mebibytes(free)} left.", "Free some space or make the disk larger: checkpoints and adapters need it, and jobs wait while there is none."),
            { } free => new Finding("disk", $"{folder.Path} can be written to and has {Mebibytes(free)} left."),
        };
    }

    private static string Mebibytes(long? bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20:N0} MiB");
}
