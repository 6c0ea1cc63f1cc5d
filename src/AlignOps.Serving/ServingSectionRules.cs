using AlignOps.Platform.Definitions;

namespace AlignOps.Serving;

internal sealed class ServingSectionRules : IPipelineSection<ServingSection>
{
    public string Key => "serving";

    public IEnumerable<SectionFault> Validate(ServingSection section)
    {
        if (section.Temperature is not (>= 0 and <= 2))
        {
            yield return new SectionFault("serving.temperature", "The temperature must be from 0 (greedy) to 2.");
        }

        if (section.TopP is not (> 0 and <= 1))
        {
            yield return new SectionFault("serving.top_p", "The nucleus must be above 0 and at most 1 (all tokens).");
        }

        if (section.MaxNewTokens < 1)
        {
            yield return new SectionFault("serving.max_new_tokens", "An answer needs room for at least 1 token.");
        }
    }
}
