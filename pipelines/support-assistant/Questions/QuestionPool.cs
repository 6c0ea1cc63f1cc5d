namespace AlignOps.Examples.SupportAssistant.Questions;

/// <summary>Hands out questions of which no two have the same text.</summary>
internal sealed class QuestionPool
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Draws until the text is new.</summary>
    public Question Take(Func<Question> draw)
    {
        while (true)
        {
            var question = draw();
            if (_taken.Add(question.Text))
            {
                return question;
            }
        }
    }
}
