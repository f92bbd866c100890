"""Routes and journeys told to people: as German sentences, and as pictures with a text beside."""
