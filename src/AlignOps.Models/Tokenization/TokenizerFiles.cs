namespace AlignOps.Models.Tokenization;

/// <summary>Where a tokenizer was loaded from, and what stands beside tokenizer.json there.</summary>
internal sealed record TokenizerFiles(string Directory, TokenizerConfig Config)
{
    private static readonly string[] Names = [Tokenizer.ModelFile, Tokenizer.ConfigFile, Tokenizer.TemplateFile, Tokenizer.SpecialTokensFile];

    /// <summary>Copies the files as they are, so that nothing of them is lost.</summary>
    public void CopyTo(string directory)
    {
        if (Path.GetFullPath(directory) == Path.GetFullPath(Directory))
        {
            return;
        }

        foreach (string name in Names.Where(name => File.Exists(Path.Combine(Directory, name))))
        {
            File.Copy(Path.Combine(Directory, name), Path.Combine(directory, name), overwrite: true);
        }
    }
}
