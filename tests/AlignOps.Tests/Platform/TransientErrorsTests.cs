using System.Net.Sockets;
using AlignOps.Platform.Storage;
using Microsoft.Data.Sqlite;

namespace AlignOps.Tests.Platform;

public sealed class TransientErrorsTests
{
    [Theory]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(8, true)]
    [InlineData(10, true)]
    [InlineData(13, true)]
    [InlineData(14, true)]
    [InlineData(1, false)]
    [InlineData(11, false)]
    [InlineData(19, false)]
    public void Is_SqliteCode_TellsAwayFromWrong(int code, bool transient) => Assert.Equal(transient, TransientErrors.Is(new SqliteException("x", code)));

    [Fact]
    public void Is_RawFaultsOfDiskAndNetwork_AreTransientAndMissingFilesAreNot()
    {
        Assert.All<Exception>([new SocketException(111), new TimeoutException(), new IOException("No space left on device")], fault => Assert.True(TransientErrors.Is(fault)));
        Assert.All<Exception>([new FileNotFoundException(), new DirectoryNotFoundException(), new EndOfStreamException(), new InvalidOperationException()], fault => Assert.False(TransientErrors.Is(fault)));
    }
}
