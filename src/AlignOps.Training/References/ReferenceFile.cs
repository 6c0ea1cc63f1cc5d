using System.Buffers.Binary;
using System.Numerics;

namespace AlignOps.Training.References;

/// <summary>
/// Reference scores on disk: records of a sequence's key, its log-probability and a checksum, added at the end. A record that a dying process left half
/// written, and whatever stands behind it, is dropped and computed again. Where another process has the file, this one keeps its scores to itself.
/// </summary>
internal sealed class ReferenceFile : IDisposable
{
    private const int KeyBytes = 16;
    private const int CheckedBytes = KeyBytes + sizeof(double);
    private const int RecordBytes = CheckedBytes + sizeof(uint);

    private readonly FileStream? _stream;

    private ReferenceFile(FileStream? stream) => _stream = stream;

    /// <summary>Opens or begins the file and reads what it holds into <paramref name="scores"/>.</summary>
    public static ReferenceFile Open(string path, IDictionary<UInt128, double> scores)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return new ReferenceFile(null);
        }

        var record = new byte[RecordBytes];
        long sound = 0;
        while (stream.ReadAtLeast(record, RecordBytes, throwOnEndOfStream: false) == RecordBytes
            && BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(CheckedBytes)) == Checksum(record.AsSpan(0, CheckedBytes)))
        {
            scores[BinaryPrimitives.ReadUInt128LittleEndian(record)] = BinaryPrimitives.ReadDoubleLittleEndian(record.AsSpan(KeyBytes));
            sound += RecordBytes;
        }

        stream.SetLength(sound);
        stream.Position = sound;
        return new ReferenceFile(stream);
    }

    public void Add(UInt128 key, double score)
    {
        Span<byte> record = stackalloc byte[RecordBytes];
        BinaryPrimitives.WriteUInt128LittleEndian(record, key);
        BinaryPrimitives.WriteDoubleLittleEndian(record[KeyBytes..], score);
        BinaryPrimitives.WriteUInt32LittleEndian(record[CheckedBytes..], Checksum(record[..CheckedBytes]));
        _stream?.Write(record);
    }

    public void Flush() => _stream?.Flush(flushToDisk: true);

    public void Dispose() => _stream?.Dispose();

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
