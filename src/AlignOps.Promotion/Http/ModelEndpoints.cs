using System.Formats.Tar;
using AlignOps.Platform.Access;
using AlignOps.Platform.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.Promotion.Http;

/// <summary>Brings a checkpoint into the blob store, so that a person can certify it from any machine.</summary>
internal static class ModelEndpoints
{
    private const long MostBytes = 1L << 40;
    private const int MostFiles = 1000;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/models", PostAsync).RequireAuthorization(nameof(AccessRole.Admin));

    /// <summary><c>POST /v1/models</c>: a tar of one folder's files, streamed; answers the tree digest that certification takes.</summary>
    private static async Task<IResult> PostAsync(HttpContext http, IBlobStore blobs, CancellationToken cancellationToken)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostBytes;
        var folder = Directory.CreateTempSubdirectory("alignops-model-").FullName;
        try
        {
            if (await ExtractAsync(http.Request.Body, folder, cancellationToken) is { } fault) return Problems.Of(StatusCodes.Status422UnprocessableEntity, "model-unusable", fault);
            return TypedResults.Ok(new ModelStored(await blobs.PutDirectoryAsync(folder, cancellationToken)));
        }
        catch (Exception fault) when (fault is InvalidDataException or FormatException or EndOfStreamException)
        {
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, "model-unusable", $"The body is no whole tar archive: {fault.Message}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Takes plain files of plain names only: no links, no folders, nothing that leads elsewhere.</summary>
    private static async Task<string?> ExtractAsync(Stream body, string folder, CancellationToken cancellationToken)
    {
        await using var reader = new TarReader(body, leaveOpen: true);
        var files = 0;
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)) return $"'{entry.Name}' is no plain file; send the files of one folder.";
            if (entry.Name != Path.GetFileName(entry.Name) || entry.Name is "" or "." or ".." || entry.Name.Contains('\\') || entry.Name.Any(char.IsControl)) return $"'{entry.Name}' is no plain file name.";
            if (++files > MostFiles) return $"There are more than {MostFiles} files.";

            var path = Path.Combine(folder, entry.Name);
            if (File.Exists(path)) return $"'{entry.Name}' comes twice.";
            await using var file = File.Create(path);
            if (entry.DataStream is { } content) await content.CopyToAsync(file, cancellationToken);
        }

        return files == 0 ? "The archive has no files." : null;
    }
}
