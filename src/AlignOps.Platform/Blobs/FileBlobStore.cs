using System.Security.Cryptography;
using AlignOps.Platform.Hosting;

namespace AlignOps.Platform.Blobs;

/// <summary>
/// Blobs as files of the data folder, named by their digest in 256 folders. Any number of processes may write at once: each writes beside under a name of
/// its own, and renaming the same content to the same name twice changes nothing.
/// </summary>
/// <param name="create">Opens a new file for writing; a test puts in a full disk's.</param>
internal sealed class FileBlobStore(DataFolder folder, Func<string, FileStream>? create = null) : IBlobStore
{
    private const int BufferSize = 128 * 1024;

    private readonly Func<string, FileStream> _create = create ?? (path => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize, useAsync: false));

    public async Task<string> PutAsync(Stream content, CancellationToken cancellationToken)
    {
        try
        {
            return await StoreAsync(content, cancellationToken);
        }
        catch (IOException fault) when (DiskFullException.Is(fault))
        {
            throw new DiskFullException(folder.Blobs, fault);
        }
    }

    private async Task<string> StoreAsync(Stream content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.Blobs);
        var beside = Path.Combine(folder.Blobs, $".part-{Guid.NewGuid():N}");
        try
        {
            string digest;
            await using (var file = _create(beside))
            {
                digest = await CopyAsync(content, file, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            var path = PathOf(digest);
            if (await IsSoundAsync(path, digest, cancellationToken))
            {
                return digest;
            }

            MakeReadOnly(beside);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(beside, path, overwrite: true);
            DurableFiles.FlushDirectory(Path.GetDirectoryName(path)!);
            DurableFiles.FlushDirectory(folder.Blobs);
            return digest;
        }
        finally
        {
            File.Delete(beside);
        }
    }

    public Task<Stream> OpenAsync(string digest, CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(new VerifyingStream(OpenFile(digest), digest));

    public Task<bool> ExistsAsync(string digest, CancellationToken cancellationToken) =>
        Task.FromResult(TreeManifest.IsDigest(digest) && File.Exists(PathOf(digest)));

    public async Task<string> PutDirectoryAsync(string directory, CancellationToken cancellationToken)
    {
        var files = new List<TreeEntry>();
        foreach (var path in Directory.EnumerateFiles(directory, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, MaxRecursionDepth = 32 }))
        {
            await using var content = File.OpenRead(path);
            var size = content.Length;
            files.Add(new TreeEntry(Path.GetRelativePath(directory, path).Replace('\\', '/'), await PutAsync(content, cancellationToken), size));
        }

        using var manifest = new MemoryStream(TreeManifest.Write(files));
        return await PutAsync(manifest, cancellationToken);
    }

    public async Task<string> MaterializeAsync(string treeDigest, CancellationToken cancellationToken)
    {
        var target = Path.Combine(folder.Trees, TreeManifest.IsDigest(treeDigest) ? treeDigest : throw new BlobMissingException(treeDigest, "is not a digest"));
        if (Directory.Exists(target))
        {
            return target;
        }

        var files = TreeManifest.Read(treeDigest, await ReadAllAsync(treeDigest, cancellationToken));
        var beside = Path.Combine(folder.Trees, $".part-{Guid.NewGuid():N}");
        Directory.CreateDirectory(beside);
        try
        {
            foreach (var file in files)
            {
                await PlaceAsync(file, Path.Combine(beside, file.Path), cancellationToken);
            }

            foreach (var made in Directory.EnumerateDirectories(beside, "*", SearchOption.AllDirectories).Append(beside))
            {
                DurableFiles.FlushDirectory(made);
            }

            Directory.Move(beside, target);
            DurableFiles.FlushDirectory(folder.Trees);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            // Another process made the same tree first.
        }
        catch (IOException fault) when (DiskFullException.Is(fault))
        {
            throw new DiskFullException(folder.Trees, fault);
        }
        finally
        {
            if (Directory.Exists(beside))
            {
                Directory.Delete(beside, recursive: true);
            }
        }

        return target;
    }

    public async Task VerifyTreeAsync(string treeDigest, CancellationToken cancellationToken)
    {
        foreach (var file in TreeManifest.Read(treeDigest, await ReadAllAsync(treeDigest, cancellationToken)))
        {
            await using var content = await OpenAsync(file.Digest, cancellationToken);
            await content.CopyToAsync(Stream.Null, BufferSize, cancellationToken);
        }
    }

    /// <summary>Removes what writers that died left behind.</summary>
    public void Sweep(DateTime olderThanUtc)
    {
        foreach (var file in new DirectoryInfo(folder.Blobs).EnumerateFiles(".part-*").Where(file => file.LastWriteTimeUtc < olderThanUtc))
        {
            file.Delete();
        }

        foreach (var tree in new DirectoryInfo(folder.Trees).EnumerateDirectories(".part-*").Where(tree => tree.LastWriteTimeUtc < olderThanUtc))
        {
            tree.Delete(recursive: true);
        }
    }

    private async Task PlaceAsync(TreeEntry file, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var content = await OpenAsync(file.Digest, cancellationToken);
        if (DurableFiles.TryLink(PathOf(file.Digest), path))
        {
            await content.CopyToAsync(Stream.Null, BufferSize, cancellationToken);
            return;
        }

        await using (var copy = _create(path))
        {
            await content.CopyToAsync(copy, BufferSize, cancellationToken);
            copy.Flush(flushToDisk: true);
        }

        MakeReadOnly(path);
    }

    /// <summary>A blob that is there is kept, unless its bytes were damaged meanwhile: then this writing heals it.</summary>
    private static async Task<bool> IsSoundAsync(string path, string digest, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        await using var content = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)) == digest;
    }

    private async Task<byte[]> ReadAllAsync(string digest, CancellationToken cancellationToken)
    {
        await using var content = await OpenAsync(digest, cancellationToken);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    private static async Task<string> CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        int read;
        while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private FileStream OpenFile(string digest)
    {
        try
        {
            return new FileStream(PathOf(digest), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, useAsync: false);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BlobMissingException(digest, "is not there");
        }
    }

    private string PathOf(string digest) => TreeManifest.IsDigest(digest)
        ? Path.Combine(folder.Blobs, digest[..2], digest[2..])
        : throw new BlobMissingException(digest, "is not a digest");

    private static void MakeReadOnly(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }
}
