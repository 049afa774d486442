"""Common given names, so that a column of people can be told from a column of categories.

Names often given to children in England and Wales, as in the Office for National Statistics' yearly lists of
baby names, in the spellings met most. Names that are ordinary words, months or agencies (May, Grace, Mark) are
left out: here a false alarm costs a sender their file.
"""

FORENAMES = frozenset(
    """
    aaliyah aaron abdul abdullah abigail abu adam adele adeel adrian ahmad ahmed aidan aisha alan albert alex
    alexander alexandra alfie ali alice alicia alisha amanda amber amelia amina amir amy andrea andrew andrzej angela
    anita anna annabelle anne anthony antonio archie arjun arthur asad asha ashley austin ava ayesha barbara barry
    beatrice ben benjamin bethany bilal brandon brenda brian bryan callum cameron carol caroline catherine charles
    charlie charlotte chloe christine christopher claire clare colin connor craig daniel danielle darren david dawn
    deborah declan denise dennis derek diana diane dominic donna dorothy douglas dylan edward eleanor elizabeth ella
    ellie elliot elsie emily emma erin ethan eva evelyn evie farah fatima finley florence frances francesca frank
    freddie freya gareth gary gemma geoffrey george gillian gordon graham grzegorz hamza hannah hannan haris harriet
    harrison harry harvey hassan heather helen henry holly hussain ian ibrahim imran irene isaac isabella isabelle
    isla ismail jack jacob jacqueline jade jake james jamie jan jane janet janice jasmine jason jayden jean jennifer
    jeremy jessica jill joan joanna joanne joe joel john jonathan jordan joseph joshua joyce judith julia julian
    julie karen karolina katarzyna kate katherine kathleen katie kayleigh keith kelly kenneth kerry kevin khadija
    kieran kimberley krzysztof kyle laura lauren lawrence layla leah lee leo leon leslie lewis liam lily linda lisa
    logan lola lorraine louis louise luca lucas lucy luke lydia lynn madison maisie malcolm margaret maria mariam
    marie marion martha martin mary maryam mateusz matilda matthew maureen max maya megan melanie melissa mia michael
    michelle millie mohammad mohammed molly muhammad mustafa nadia naomi natalie natasha nathan neil niall nicholas
    nicola nicole nigel noah noor norman oliver olivia omar oscar owen pamela patricia patrick paul pauline peter
    philip phoebe piotr poppy priya rachel raymond rebecca reuben rhys richard robert roger ronald rosie roy ruby
    russell ruth ryan sadia safa saira salma sally sam samantha samuel sana sandra sara sarah scarlett scott sean
    sebastian shannon sharon sheila shirley sian simon sofia sophia sophie stacey stanley stephanie stephen steven
    stuart sumaya susan suzanne sylvia syed tariq teresa terence thomas timothy tina toby tommy tony tracey tracy
    trevor umar usman valerie vanessa vera veronica victoria vincent wayne wendy william yasmin yusuf zachary zahra
    zain zainab zara zoe
    """.split()  # noqa: SIM905 - a list of quoted names could not be read
)
