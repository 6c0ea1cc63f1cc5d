namespace AlignOps.Data.Content;

/// <summary>Pushed content that cannot be taken as a whole; it travels through the streams that read it. Single rows never cause it.</summary>
public sealed class ContentException(string code, string sentence) : Exception(sentence)
{
    public const string TooLarge = "content-too-large";
    public const string TooManyRows = "too-many-rows";
    public const string ZipBomb = "zip-bomb";
    public const string CorruptGzip = "corrupt-gzip";
    public const string Archive = "archive-not-taken";
    public const string NotUtf8 = "not-utf8";
    public const string UnknownColumns = "unknown-columns";

    public string Code { get; } = code;
}
