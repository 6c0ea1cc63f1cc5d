using System.Security.Cryptography;
using System.Text;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Hosting;

namespace AlignOps.Tests.Platform;

public sealed class FileBlobStoreTests : IDisposable
{
    private readonly DataFolder _folder = new(Directory.CreateTempSubdirectory("alignops-").FullName);
    private readonly FileBlobStore _blobs;

    public FileBlobStoreTests()
    {
        _folder.Prepare();
        _blobs = new FileBlobStore(_folder);
    }

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    [Fact]
    public async Task PutAsync_Bytes_AreNamedByTheirSha256AndReadBack()
    {
        var random = new Random(1);
        foreach (var size in new[] { 0, 1, 1000, 300_000 })
        {
            var bytes = new byte[size];
            random.NextBytes(bytes);

            var digest = await _blobs.PutAsync(new MemoryStream(bytes), CancellationToken.None);

            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), digest);
            Assert.True(await _blobs.ExistsAsync(digest, CancellationToken.None));
            Assert.Equal(bytes, await ReadAsync(digest));
        }
    }

    [Fact]
    public async Task PutAsync_ManyWritersOfTheSameBytes_LeaveOneBlobAndNoParts()
    {
        var bytes = new byte[200_000];
        new Random(2).NextBytes(bytes);
        var other = new FileBlobStore(_folder);

        var digests = await Task.WhenAll(Enumerable.Range(0, 16).Select(writer =>
            Task.Run(() => (writer % 2 == 0 ? _blobs : other).PutAsync(new MemoryStream(bytes), CancellationToken.None))));

        Assert.Single(digests.Distinct());
        Assert.Single(Directory.GetFiles(_folder.Blobs, "*", SearchOption.AllDirectories));
        Assert.Equal(bytes, await ReadAsync(digests[0]));
    }

    [Fact]
    public async Task PutAsync_SourceBreaksOff_LeavesNothing()
    {
        await Assert.ThrowsAsync<IOException>(() => _blobs.PutAsync(new BreakingStream(), CancellationToken.None));

        Assert.Empty(Directory.GetFiles(_folder.Blobs, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task OpenAsync_DamagedBlob_IsRefusedAtItsEndAndHealedByWritingItAgain()
    {
        var digest = await _blobs.PutTextAsync("sound", CancellationToken.None);
        Damage(digest, "other");

        await Assert.ThrowsAsync<BlobMissingException>(() => _blobs.ReadTextAsync(digest, CancellationToken.None));

        Assert.Equal(digest, await _blobs.PutTextAsync("sound", CancellationToken.None));
        Assert.Equal("sound", await _blobs.ReadTextAsync(digest, CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("../../../../../../../../../../../../../../../../../../../etc/passwd")]
    public async Task OpenAsync_NoDigest_IsRefused(string digest)
    {
        await Assert.ThrowsAsync<BlobMissingException>(() => _blobs.OpenAsync(digest, CancellationToken.None));
        Assert.False(await _blobs.ExistsAsync(digest, CancellationToken.None));
    }

    [Fact]
    public async Task PutDirectoryAsync_SameFilesMadeInAnotherOrder_HaveOneDigest()
    {
        var first = await _blobs.PutDirectoryAsync(MakeDirectory(("b.txt", "2"), ("a/z.txt", "1"), ("ü/日.txt", "3")), CancellationToken.None);
        var second = await _blobs.PutDirectoryAsync(MakeDirectory(("ü/日.txt", "3"), ("a/z.txt", "1"), ("b.txt", "2")), CancellationToken.None);
        var renamed = await _blobs.PutDirectoryAsync(MakeDirectory(("c.txt", "2"), ("a/z.txt", "1"), ("ü/日.txt", "3")), CancellationToken.None);

        Assert.Equal(first, second);
        Assert.NotEqual(first, renamed);
        Assert.StartsWith("""[{"path":"a/z.txt","digest":"6b86b273""", await _blobs.ReadTextAsync(first, CancellationToken.None), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MaterializeAsync_ByManyAtOnce_GivesOneWholeReadOnlyDirectory()
    {
        var digest = await _blobs.PutDirectoryAsync(MakeDirectory(("b.txt", "2"), ("a/z.txt", "1")), CancellationToken.None);
        var other = new FileBlobStore(_folder);

        var directories = await Task.WhenAll(Enumerable.Range(0, 16).Select(reader =>
            Task.Run(() => (reader % 2 == 0 ? _blobs : other).MaterializeAsync(digest, CancellationToken.None))));

        var directory = Assert.Single(directories.Distinct());
        Assert.Equal("1", File.ReadAllText(Path.Combine(directory, "a", "z.txt")));
        Assert.Equal("2", File.ReadAllText(Path.Combine(directory, "b.txt")));
        Assert.Equal(FileAttributes.ReadOnly, File.GetAttributes(Path.Combine(directory, "b.txt")) & FileAttributes.ReadOnly);
        Assert.Single(Directory.GetDirectories(_folder.Trees));
    }

    [Fact]
    public async Task MaterializeAsync_DamagedFile_IsRefusedAndLeavesNothing()
    {
        var digest = await _blobs.PutDirectoryAsync(MakeDirectory(("a.txt", "sound")), CancellationToken.None);
        Damage(Convert.ToHexStringLower(SHA256.HashData("sound"u8)), "other");

        await Assert.ThrowsAsync<BlobMissingException>(() => _blobs.MaterializeAsync(digest, CancellationToken.None));

        Assert.Empty(Directory.GetDirectories(_folder.Trees));
    }

    [Theory]
    [InlineData("../escaped")]
    [InlineData("/etc/escaped")]
    [InlineData("a/../../escaped")]
    [InlineData("a//b")]
    [InlineData("a\\\\..\\\\b")]
    [InlineData(".")]
    [InlineData("")]
    public async Task MaterializeAsync_PathThatLeavesTheTree_IsRefused(string path)
    {
        var file = await _blobs.PutTextAsync("x", CancellationToken.None);
        var digest = await _blobs.PutTextAsync($$"""[{"path":"{{path}}","digest":"{{file}}","size":1}]""", CancellationToken.None);

        await Assert.ThrowsAsync<BlobMissingException>(() => _blobs.MaterializeAsync(digest, CancellationToken.None));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("not json")]
    public async Task MaterializeAsync_BlobThatIsNoTree_IsRefused(string content)
    {
        var digest = await _blobs.PutTextAsync(content, CancellationToken.None);

        await Assert.ThrowsAsync<BlobMissingException>(() => _blobs.MaterializeAsync(digest, CancellationToken.None));
    }

    [Fact]
    public async Task Sweep_PartsOfDeadWriters_AreRemovedAndBlobsKept()
    {
        var digest = await _blobs.PutTextAsync("kept", CancellationToken.None);
        File.WriteAllText(Path.Combine(_folder.Blobs, ".part-1"), "left");
        Directory.CreateDirectory(Path.Combine(_folder.Trees, ".part-2", "a"));

        _blobs.Sweep(DateTime.MaxValue);

        Assert.Equal("kept", await _blobs.ReadTextAsync(digest, CancellationToken.None));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Trees));
        Assert.Single(Directory.GetFiles(_folder.Blobs, "*", SearchOption.AllDirectories));
    }

    private async Task<byte[]> ReadAsync(string digest)
    {
        await using var content = await _blobs.OpenAsync(digest, CancellationToken.None);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private void Damage(string digest, string text)
    {
        var path = Path.Combine(_folder.Blobs, digest[..2], digest[2..]);
        File.Delete(path);
        File.WriteAllText(path, text);
    }

    private string MakeDirectory(params (string Path, string Text)[] files)
    {
        var directory = Path.Combine(_folder.Path, "source-" + Guid.NewGuid().ToString("N"));
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(directory, path))!);
            File.WriteAllText(Path.Combine(directory, path), text, new UTF8Encoding(false));
        }

        return directory;
    }

    private sealed class BreakingStream : MemoryStream
    {
        private bool _read;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_read)
            {
                throw new IOException("The source broke off.");
            }

            _read = true;
            return ValueTask.FromResult(100);
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1_000_000)]
    public async Task PutAsync_DiskIsFull_NamesItAndLeavesNothingBehind(int size)
    {
        var full = new FileBlobStore(_folder, FullDisk);

        var fault = await Assert.ThrowsAsync<DiskFullException>(() => full.PutAsync(new MemoryStream(new byte[size]), CancellationToken.None));

        Assert.StartsWith("disk-full: ", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Blobs));
    }

    /// <summary>The kernel's own full device, under the name of the file.</summary>
    private static FileStream FullDisk(string path)
    {
        File.CreateSymbolicLink(path, "/dev/full");
        return new FileStream(path, FileMode.Open, FileAccess.Write);
    }
}
