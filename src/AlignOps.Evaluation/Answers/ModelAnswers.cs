namespace AlignOps.Evaluation.Answers;

/// <summary>One model's answers, by draw.</summary>
internal sealed class ModelAnswers
{
    private readonly Dictionary<(string Suite, string Item, int Sample), ModelAnswer> _answers = [];

    public ModelAnswer this[Draw draw] => _answers[Key(draw)];

    /// <summary>Null where the model was not asked this.</summary>
    public ModelAnswer? Find(Draw draw) => _answers.GetValueOrDefault(Key(draw));

    public void Add(IEnumerable<Draw> draws, IEnumerable<ModelAnswer> answers)
    {
        foreach (var (draw, answer) in draws.Zip(answers)) _answers.Add(Key(draw), answer);
    }

    private static (string, string, int) Key(Draw draw) => (draw.Suite.Section.Name, draw.Item.Id, draw.Sample);
}
