using System.Formats.Tar;
using System.Net;
using System.Net.Http.Headers;

namespace AlignOps.Host.Cli;

/// <summary>A folder's files as the body of a request, written while it is sent.</summary>
internal sealed class TarContent : HttpContent
{
    private readonly IReadOnlyList<string> _files;

    /// <param name="directory">Its own files are sent, no folder below it and nothing hidden.</param>
    public TarContent(string directory)
    {
        _files = [.. Directory.EnumerateFiles(directory).Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal)];
        Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await using var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var file in _files)
        {
            await using var content = File.OpenRead(file);
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, Path.GetFileName(file)) { DataStream = content });
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
